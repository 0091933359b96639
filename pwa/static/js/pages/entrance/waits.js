const OUTBOX = /^tidelog-outbox-(.+)$/;

/** Says that something waits on this phone, where it does: whose it is, only a sign-in opens. */
export async function sayWhatWaits() {
  const line = /** @type {HTMLElement | null} */ (document.querySelector("#waits"));
  if (line && (await doesAnythingWait())) line.hidden = false;
}

/** Makes no store where there is none, and loads nothing for it. */
async function doesAnythingWait() {
  const there = (await indexedDB.databases?.()) ?? [];
  const owners = there.flatMap(({ name }) => OUTBOX.exec(name ?? "")?.[1] ?? []);
  if (!owners.length) return false;
  const { all } = await import("../../store/outbox.js");
  const rows = (await Promise.all(owners.map(all))).flat();
  return rows.some(({ sent }) => !sent);
}
