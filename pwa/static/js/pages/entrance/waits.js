const OUTBOX = /^tidelog-outbox-/;

/** Says that something waits on this phone, where it does: whose it is, only a sign-in opens. */
export async function sayWhatWaits() {
  const line = /** @type {HTMLElement | null} */ (document.querySelector("#waits"));
  if (line && (await doesAnythingWait())) line.hidden = false;
}

/** Makes no store where there is none, and takes none of the phone's scripts along, which would be cut in smaller pieces. */
async function doesAnythingWait() {
  const there = (await indexedDB.databases?.()) ?? [];
  const outboxes = there.flatMap(({ name }) => (name && OUTBOX.test(name) ? [name] : []));
  const rows = (await Promise.all(outboxes.map(versions))).flat();
  return rows.some(({ sent }) => !sent);
}

/** @param {string} outbox @returns {Promise<import("../../store/types.js").OutboxRow[]>} */
async function versions(outbox) {
  const opened = await said(indexedDB.open(outbox));
  const rows = await said(opened.transaction("versions").objectStore("versions").getAll());
  opened.close();
  return rows;
}

/** @template T @param {IDBRequest<T>} asked @returns {Promise<T>} */
function said(asked) {
  return new Promise((done, fail) => {
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => fail(asked.error);
  });
}
