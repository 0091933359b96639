import { nameOf, within } from "./databases.js";

/** @typedef {import("./types.js").OutboxRow} OutboxRow */

/**
 * Keeps rows until their receipts. Fails if the key under which they lie was taken away in another tab: what could
 * not be opened again must not count as saved.
 * @param {string} owner
 * @param {OutboxRow[]} rows
 */
export function keep(owner, rows) {
  return within(nameOf("outbox", owner), "readwrite", async (tx) => {
    const data = await tx.objectStore("keys").get("data");
    if (rows.some((row) => row.key !== data?.name)) throw new DOMException("Signed out in another tab", "KeyGoneError");
    await Promise.all(rows.map((row) => tx.objectStore("versions").put(row)));
  });
}

/**
 * In the order in which they were written.
 * @param {string} owner
 * @returns {Promise<OutboxRow[]>}
 */
export function all(owner) {
  return within(nameOf("outbox", owner), "readonly", (tx) => tx.objectStore("versions").getAll());
}

/**
 * @param {string} owner
 * @returns {Promise<number>}
 */
export function count(owner) {
  return within(nameOf("outbox", owner), "readonly", (tx) => tx.objectStore("versions").count());
}

/**
 * Only for what has a receipt, or what the patient discards by a typed word.
 * @param {string} owner
 * @param {string[]} ids
 */
export function remove(owner, ids) {
  return within(nameOf("outbox", owner), "readwrite", async (tx) => {
    await Promise.all(ids.map((id) => tx.objectStore("versions").delete(id)));
  });
}

/**
 * Marks a version that the server will not take as it is. It stays.
 * @param {string} owner
 * @param {string} id
 * @param {import("./types.js").Fault[]} faults
 */
export function hold(owner, id, faults) {
  return within(nameOf("outbox", owner), "readwrite", async (tx) => {
    const versions = tx.objectStore("versions");
    const row = await versions.get(id);
    if (row) await versions.put({ ...row, held: faults });
  });
}

/** Lets all that was held be sent once more. @param {string} owner */
export function release(owner) {
  return within(nameOf("outbox", owner), "readwrite", async (tx) => {
    const versions = tx.objectStore("versions");
    for (const { held, ...row } of await versions.getAll()) if (held) await versions.put(row);
  });
}

/**
 * Notes that these reached the clinic while nobody could move them to the mirror. They stay.
 * @param {string} owner
 * @param {string[]} ids
 */
export function note(owner, ids) {
  return within(nameOf("outbox", owner), "readwrite", async (tx) => {
    const versions = tx.objectStore("versions");
    const rows = (await versions.getAll()).filter(({ id }) => ids.includes(id));
    await Promise.all(rows.map((row) => versions.put({ ...row, sent: true })));
  });
}

/**
 * Takes the keys away if nothing waits, in one transaction: no save can slip in between. Says whether it did.
 * @param {string} owner
 * @returns {Promise<boolean>}
 */
export function close(owner) {
  return within(nameOf("outbox", owner), "readwrite", async (tx) => {
    if (await tx.objectStore("versions").count()) return false;
    await tx.objectStore("keys").clear();
    return true;
  });
}
