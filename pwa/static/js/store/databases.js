import { deleteDB } from "idb";
import { connect } from "./layouts.js";

/** @typedef {import("idb").IDBPDatabase} Database */
/** @typedef {import("idb").IDBPTransaction<any, any, "readwrite">} Transaction */
/** @typedef {{ works: ((tx: Transaction) => Promise<any>)[], done: Promise<any[]> }} Breath */

/** Milliseconds after which a database that does not answer counts as hanging. */
const PATIENCE = 5000;
/** The same when one comes back to a page: whoever saves then should not be the first to find out. */
const SOON = 1500;
const TRIES = 3;
/** How a handle that died in the background shows itself. */
const DEAD = ["InvalidStateError", "UnknownError", "AbortError", "TransactionInactiveError"];

/** @type {Map<string, Promise<Database>>} */
const open = new Map();

/** What is being asked of each database in one breath: a transaction costs more than what is read in it. @type {Map<string, Breath>} */
const breaths = new Map();

/** @type {Set<Transaction>} in the middle of their work */
const busy = new Set();

/** Until one comes back to a page that the browser keeps, if one left it. @type {Promise<unknown>} */
let back = Promise.resolve();

// WebKit keeps a page that one left just as it was, with its transactions open: nobody could write any more. What is
// stopped here is tried again: writing at once, as far as the browser still lets it, and reading when one comes back.
globalThis.addEventListener?.("pagehide", (/** @type {Event & { persisted?: boolean }} */ { persisted }) => {
  if (!persisted) return;
  back = new Promise((come) => globalThis.addEventListener("pageshow", come, { once: true }));
  for (const tx of busy) tryTo(() => tx.abort());
});

/** @param {string} kind @param {string} owner */
export const nameOf = (kind, owner) => `tidelog-${kind}-${owner}`;

/**
 * Does `work` in one transaction over all stores of the database, and comes back when that is on disk. A dead handle is
 * dropped and opened again, so `work` may run more than once. A TimeoutError means that it is not known to be on disk.
 * What is read in one breath shares a transaction.
 * @template T
 * @param {string} name
 * @param {IDBTransactionMode} mode
 * @param {(tx: Transaction) => Promise<T>} work
 * @param {number} [patience] milliseconds
 * @returns {Promise<T>}
 */
export function within(name, mode, work, patience = PATIENCE) {
  return mode === "readonly" && patience === PATIENCE ? readTogether(name, work) : keptOpen(name, mode, work, patience);
}

/**
 * @template T
 * @param {string} name
 * @param {(tx: Transaction) => Promise<T>} work
 * @returns {Promise<T>}
 */
async function readTogether(name, work) {
  const breath = breaths.get(name) ?? beginBreath(name);
  const place = breath.works.push(work) - 1;
  return (await breath.done)[place];
}

/** @param {string} name */
function beginBreath(name) {
  /** @type {Breath["works"]} */
  const works = [];
  const done = Promise.resolve().then(() => {
    breaths.delete(name);
    return keptOpen(name, "readonly", (tx) => Promise.all(works.map((work) => work(tx))), PATIENCE);
  });
  breaths.set(name, { works, done });
  return { works, done };
}

/**
 * @template T
 * @param {string} name
 * @param {IDBTransactionMode} mode
 * @param {(tx: Transaction) => Promise<T>} work
 * @param {number} patience
 * @returns {Promise<T>}
 */
async function keptOpen(name, mode, work, patience) {
  for (let tries = 1; ; tries++) {
    const db = opened(name);
    try {
      return await beforeLong(attempt(db, mode, work), patience);
    } catch (error) {
      if (isSilent(error)) drop(name, db);
      if (tries === TRIES || !DEAD.includes(nameOfError(error))) throw error;
    }
  }
}

/** Looks whether what is open still answers. What does not is let go, and opened anew when it is next needed. */
export function probe() {
  const look = (/** @type {Transaction} */ tx) => tx.objectStore(tx.objectStoreNames[0]).get("");
  return Promise.allSettled([...open.keys()].map((name) => within(name, "readonly", look, SOON)));
}

/** @param {string} name */
export async function erase(name) {
  drop(name, open.get(name));
  await beforeLong(deleteDB(name), PATIENCE);
}

/** Whether a database hangs, or died and could not be opened again. What was saved is still there. @param {unknown} error */
export const isSilent = (error) => ["TimeoutError", ...DEAD].includes(nameOfError(error));

/** @param {unknown} error */
export const isFull = (error) => nameOfError(error) === "QuotaExceededError";

/** @param {unknown} error */
export const nameOfError = (error) => (error instanceof Error || error instanceof DOMException ? error.name : "");

/**
 * @template T
 * @param {Promise<Database>} opening
 * @param {IDBTransactionMode} mode
 * @param {(tx: Transaction) => Promise<T>} work
 */
async function attempt(opening, mode, work) {
  const db = await opening;
  if (mode === "readonly") await back;
  const tx = /** @type {Transaction} */ (db.transaction([...db.objectStoreNames], mode, { durability: "strict" }));
  tx.done.catch(() => {});
  busy.add(tx);
  try {
    const result = await work(tx).finally(() => busy.delete(tx));
    await tx.done;
    return result;
  } catch (error) {
    if (!tx.error) tryTo(() => tx.abort());
    throw tx.error ?? error;
  }
}

/** @param {string} name */
function opened(name) {
  let db = open.get(name);
  if (!db) {
    const made = connect(name, { blocking: () => drop(name, made), terminated: () => drop(name, made) });
    db = made;
    open.set(name, made);
    made.catch(() => drop(name, made));
  }
  return db;
}

/** Only this handle: another may have opened a new one meanwhile. @param {string} name @param {Promise<Database>} [db] */
function drop(name, db) {
  if (open.get(name) === db) open.delete(name);
  db?.then((handle) => handle.close()).catch(() => {});
}

/**
 * @template T
 * @param {Promise<T>} work
 * @param {number} patience
 * @returns {Promise<T>}
 */
function beforeLong(work, patience) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new DOMException("The database does not answer", "TimeoutError")), patience);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

/** @param {() => void} step */
function tryTo(step) {
  try {
    step();
  } catch {
    // the transaction was over already
  }
}
