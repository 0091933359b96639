import { erase, nameOf, within } from "./databases.js";

/** @typedef {import("./types.js").MirrorRow} MirrorRow */
/** @typedef {import("./types.js").Fault} Fault */
/** @typedef {{ by: "kind" | "record", of: string[] }} Which */
/** @typedef {MirrorRow & { faults: Fault[] | null }} Judged */
/** @typedef {{ id: "state", cursor: number, epoch: number | null, replacing: boolean }} State */

/** @type {State} */
const EMPTY = { id: "state", cursor: 0, epoch: null, replacing: false };

/**
 * How far this phone has read, and in which epoch of the server.
 * @param {string} owner
 */
export function state(owner) {
  return within(nameOf("mirror", owner), "readonly", stateIn);
}

/**
 * All, or those of certain kinds or records, each with what the server could not take of it.
 * @param {string} owner
 * @param {Which} [which]
 * @returns {Promise<Judged[]>}
 */
export function all(owner, which) {
  return within(nameOf("mirror", owner), "readonly", async (tx) => {
    const versions = tx.objectStore("versions");
    const asked = which ? which.of.map((one) => versions.index(which.by).getAll(one)) : [versions.getAll()];
    const [faulty, ...rows] = await Promise.all([tx.objectStore("faults").getAll(), ...asked]);
    const faults = new Map(faulty.map((row) => [row.id, row.faults]));
    return rows.flat().map((row) => ({ ...row, faults: faults.get(row.id) ?? null }));
  });
}

/**
 * What the server kept but could not take.
 * @param {string} owner
 * @returns {Promise<{ id: string, faults: Fault[] }[]>}
 */
export function faulty(owner) {
  return within(nameOf("mirror", owner), "readonly", (tx) => tx.objectStore("faults").getAll());
}

/**
 * Keeps what has a receipt.
 * @param {string} owner
 * @param {Judged[]} rows
 */
export function keep(owner, rows) {
  return within(nameOf("mirror", owner), "readwrite", (tx) => put(tx, rows));
}

/**
 * Takes a page of what is new, if it begins where this phone is. Says whether it did. When all was pulled again after
 * a change of epoch, what is left of the old one goes.
 * @param {string} owner
 * @param {{ from: number, cursor: number, epoch: number, more: boolean }} page
 * @param {Judged[]} rows
 * @returns {Promise<boolean>}
 */
export function apply(owner, page, rows) {
  return within(nameOf("mirror", owner), "readwrite", async (tx) => {
    const now = await stateIn(tx);
    if (page.from !== now.cursor || page.epoch !== (now.epoch ?? page.epoch)) return false;
    await put(tx, rows);
    const replacing = now.replacing && page.more;
    if (now.replacing && !replacing) await dropOlder(tx, page.epoch);
    await tx.objectStore("state").put({ id: "state", cursor: page.cursor, epoch: page.epoch, replacing });
    return true;
  });
}

/**
 * Begins again from 0 in another epoch; what is there stays to be read until all was pulled.
 * @param {string} owner
 * @param {number} epoch
 */
export function restart(owner, epoch) {
  return within(nameOf("mirror", owner), "readwrite", async (tx) => {
    await tx.objectStore("state").put({ id: "state", cursor: 0, epoch, replacing: true });
  });
}

/** Throws the mirror away; it is pulled again. @param {string} owner */
export function discard(owner) {
  return erase(nameOf("mirror", owner));
}

/**
 * @param {import("./databases.js").Transaction} tx
 * @returns {Promise<State>}
 */
async function stateIn(tx) {
  return (await tx.objectStore("state").get("state")) ?? EMPTY;
}

/**
 * @param {import("./databases.js").Transaction} tx
 * @param {Judged[]} rows
 */
async function put(tx, rows) {
  const [versions, faulty] = [tx.objectStore("versions"), tx.objectStore("faults")];
  for (const { faults, ...row } of rows) {
    void versions.put(row);
    void (faults ? faulty.put({ id: row.id, faults }) : faulty.delete(row.id));
  }
}

/**
 * @param {import("./databases.js").Transaction} tx
 * @param {number} epoch
 */
async function dropOlder(tx, epoch) {
  const versions = tx.objectStore("versions");
  for (const row of await versions.getAll()) if (row.epoch !== epoch) await versions.delete(row.id);
}
