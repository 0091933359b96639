import { openDB } from "idb";

/**
 * What each kind of database holds. The outbox is frozen at 1: its keys lie beside it, so that one transaction sees both.
 * @type {Record<string, { version: number, stores: Record<string, { keyPath?: string, indexes?: string[] }> }>}
 */
const LAYOUTS = {
  door: { version: 1, stores: { door: {} } },
  outbox: { version: 1, stores: { versions: { keyPath: "id" }, keys: { keyPath: "id" } } },
  mirror: {
    version: 1,
    stores: {
      versions: { keyPath: "id", indexes: ["kind", "record"] },
      faults: { keyPath: "id" },
      state: { keyPath: "id" },
    },
  },
  drafts: { version: 1, stores: { drafts: { keyPath: "id" } } },
};

/**
 * Opens a database as its kind's layout says. What a newer release made higher is taken as it is. Where the making was
 * interrupted stores are missing: they are added, and what is there stays.
 * @param {string} name
 * @param {import("idb").OpenDBCallbacks<unknown>} heed
 */
export async function connect(name, heed) {
  const { version, stores } = LAYOUTS[name.split("-")[1]];
  const ask = (/** @type {number} */ one) => openDB(name, one, { ...heed, upgrade: (db) => makeMissing(stores, db) });
  const db = await ask(version).catch((error) => {
    if (error.name !== "VersionError") throw error;
    return openDB(name, undefined, heed);
  });
  if (Object.keys(stores).every((store) => db.objectStoreNames.contains(store))) return db;
  db.close();
  return ask(db.version + 1);
}

/**
 * @param {typeof LAYOUTS[string]["stores"]} stores
 * @param {import("idb").IDBPDatabase} db
 */
function makeMissing(stores, db) {
  for (const [store, { indexes = [], ...options }] of Object.entries(stores)) {
    if (db.objectStoreNames.contains(store)) continue;
    const made = db.createObjectStore(store, options);
    for (const index of indexes) made.createIndex(index, index);
  }
}
