import { nameOf, within } from "./databases.js";
import { AES, unwrap, wrap } from "./wrapping.js";

/** @typedef {{ name: string, key: CryptoKey }} DataKey */

/**
 * The owner's data key on this phone, made at the first call. It lies wrapped by a key that no script can read, and is
 * unwrapped so that no script can read it either.
 * @param {string} owner
 * @returns {Promise<DataKey | null>} null: the app lock is on, and only the PIN or the passkey opens it (lock.js)
 */
export async function openKey(owner) {
  const { device, data } = (await kept(owner)) ?? (await keep(owner, await make()));
  return data.wrapped ? { name: data.name, key: await unwrap(data, device.key) } : null;
}

/**
 * New keys in the place of all that were here, the server's apart, and no lock. What waits under the old ones stays.
 * @param {string} owner
 * @returns {Promise<boolean>} false: something waits that could still be sent sealed, so nothing was changed
 */
export async function renewKeys(owner) {
  const { device, data } = await make();
  return within(nameOf("outbox", owner), "readwrite", async (tx) => {
    const [versions, keys] = [tx.objectStore("versions"), tx.objectStore("keys")];
    if ((await versions.getAll()).some(({ toServer, held }) => toServer && !held)) return false;
    const server = await keys.get("server");
    await Promise.all([keys.clear(), ...[device, data, server].map((row) => keys.put(row))]);
    return true;
  });
}

/** Whether this owner ever had a store here. @param {string} owner */
export async function hasKey(owner) {
  return (await kept(owner)) !== null;
}

/**
 * @param {DataKey} data
 * @param {string} belongs  what the text belongs to, such as owner and id
 * @param {string} text
 * @returns {Promise<import("./types.js").Sealed>}
 */
export async function seal({ name, key }, belongs, text) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const sealed = await crypto.subtle.encrypt(lock(iv, belongs), key, new TextEncoder().encode(text));
  return { key: name, iv, sealed };
}

/**
 * OperationError if the bytes were changed, belong elsewhere, or lie under another key.
 * @param {DataKey} data
 * @param {string} belongs
 * @param {import("./types.js").Sealed} row
 */
export async function unseal({ key }, belongs, { iv, sealed }) {
  return new TextDecoder().decode(await crypto.subtle.decrypt(lock(iv, belongs), key, sealed));
}

/**
 * @param {Uint8Array<ArrayBuffer>} iv
 * @param {string} belongs
 */
const lock = (iv, belongs) => ({ name: "AES-GCM", iv, additionalData: new TextEncoder().encode(belongs) });

async function make() {
  const device = await newDeviceKey();
  const data = await crypto.subtle.generateKey(AES, true, ["encrypt", "decrypt"]);
  return { device, data: { id: "data", name: crypto.randomUUID(), ...(await wrap(data, device.key)) } };
}

export async function newDeviceKey() {
  return { id: "device", key: await crypto.subtle.generateKey(AES, false, ["wrapKey", "unwrapKey"]) };
}

/** @param {string} owner */
function kept(owner) {
  return within(nameOf("outbox", owner), "readonly", both);
}

/**
 * Keeps the keys, unless another tab was first: then its keys hold.
 * @param {string} owner
 * @param {Awaited<ReturnType<typeof make>>} made
 */
function keep(owner, made) {
  return within(nameOf("outbox", owner), "readwrite", async (tx) => {
    const earlier = await both(tx);
    if (earlier) return earlier;
    const keys = tx.objectStore("keys");
    await Promise.all([keys.put(made.device), keys.put(made.data)]);
    return made;
  });
}

/** @param {import("./databases.js").Transaction} tx */
async function both(tx) {
  const keys = tx.objectStore("keys");
  const [device, data] = await Promise.all([keys.get("device"), keys.get("data")]);
  return device && data ? { device, data } : null;
}
