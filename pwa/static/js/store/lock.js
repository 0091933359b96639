// The app lock on disk: with it the data key lies wrapped under the PIN's key, and the passkey's, alone.
import { nameOf, nameOfError, within } from "./databases.js";
import { countTry, forgive, pinKey } from "./pin.js";
import { toServer } from "./sealing.js";
import { unwrap } from "./wrapping.js";

/** @typedef {import("./keys.js").DataKey} DataKey */
/** @typedef {import("./pin.js").LockRow} LockRow */

/** @param {string} owner @returns {Promise<LockRow | null>} null: no lock is on */
export async function lockOf(owner) {
  return (await rowsOf(owner, "lock"))[0] ?? null;
}

/** @param {string} owner @param {string} pin @returns {Promise<DataKey | null>} null: not the PIN, or not yet time for a try */
export async function unlock(owner, pin) {
  const key = await openedBy(owner, pin, unwrap);
  const [{ name }] = await rowsOf(owner, "data");
  return key && { name, key };
}

/**
 * The data key, if the PIN is right and it is time for a try.
 * @param {string} owner
 * @param {string} pin
 * @param {typeof unwrap} how
 * @returns {Promise<CryptoKey | null>}
 */
export async function openedBy(owner, pin, how) {
  if (!(await countTry(owner))) return null;
  const [row] = await rowsOf(owner, "pin");
  const key = await ifRight(how(row, await pinKey(pin, row)));
  if (key) await forgive(owner);
  return key;
}

/**
 * With the lock on every save carries this as well, so that a forgotten PIN strands nothing.
 * @param {string} owner
 * @param {string} id
 * @param {string} text
 * @returns {Promise<{ toServer?: string }>}
 */
export async function sealedForm(owner, id, text) {
  const [lock, server] = await rowsOf(owner, "lock", "server");
  return lock ? { toServer: await toServer(server.key, owner, id, text) } : {};
}

/** The server's newest key, kept in time for a lock. @param {string} owner @param {import("./sealing.js").ServerKey} key */
export function keepServerKey(owner, key) {
  return change(owner, (keys) => keys.put({ id: "server", key }));
}

/** @param {string} owner @param {string[]} ids @returns {Promise<any[]>} undefined for each that is not there */
export function rowsOf(owner, ...ids) {
  return within(nameOf("outbox", owner), "readonly", (tx) =>
    Promise.all(ids.map((id) => tx.objectStore("keys").get(id))),
  );
}

/** @param {string} owner @param {(keys: any) => Promise<unknown>} work */
export async function change(owner, work) {
  await within(nameOf("outbox", owner), "readwrite", (tx) => work(tx.objectStore("keys")));
}

/** @param {Promise<CryptoKey>} opening */
async function ifRight(opening) {
  try {
    return await opening;
  } catch (error) {
    if (nameOfError(error) === "OperationError") return null;
    throw error;
  }
}
