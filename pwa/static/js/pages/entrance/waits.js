const [OUTBOX, VERSIONS] = ["tidelog-outbox-", "versions"];

/** Says that something waits on this phone, where it does: whose it is, only a sign-in opens. */
export async function sayWhatWaits() {
  const line = /** @type {HTMLElement | null} */ (document.querySelector("#waits"));
  if (line && (await doesAnythingWait())) line.hidden = false;
}

/** Makes no store where there is none. */
async function doesAnythingWait() {
  const there = (await indexedDB.databases?.()) ?? [];
  const outboxes = there.flatMap(({ name }) => (name?.startsWith(OUTBOX) ? name : []));
  const rows = (await Promise.all(outboxes.map(rowsOf))).flat();
  return rows.some(({ sent }) => !sent);
}

/** Asked for by hand: as soon as this page names a module of the store, phones load that in more pieces. @param {string} outbox */
async function rowsOf(outbox) {
  const db = await done(indexedDB.open(outbox));
  const rows = db.objectStoreNames.contains(VERSIONS)
    ? await done(db.transaction(VERSIONS).objectStore(VERSIONS).getAll())
    : [];
  db.close();
  return rows;
}

/** @template T @param {IDBRequest<T>} asking @returns {Promise<T>} */
const done = (asking) =>
  new Promise((tell, fail) => {
    asking.onsuccess = () => tell(asking.result);
    asking.onerror = () => fail(asking.error);
  });
