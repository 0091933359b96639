import { nameOf, within } from "./databases.js";

/** @typedef {{ name: string, key: CryptoKey }} DataKey */

const AES = { name: "AES-GCM", length: 256 };

/**
 * The owner's data key on this phone, made at the first call. It lies wrapped by a key that no script can read, and is
 * unwrapped so that no script can read it either.
 * @param {string} owner
 * @returns {Promise<DataKey>}
 */
export async function openKey(owner) {
  const { device, data } = (await kept(owner)) ?? (await keep(owner, await make()));
  const usable = await crypto.subtle.unwrapKey(
    "raw",
    data.wrapped,
    device.key,
    { name: "AES-GCM", iv: data.iv },
    AES,
    false,
    ["encrypt", "decrypt"],
  );
  return { name: data.name, key: usable };
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
  const device = await crypto.subtle.generateKey(AES, false, ["wrapKey", "unwrapKey"]);
  const data = await crypto.subtle.generateKey(AES, true, ["encrypt", "decrypt"]);
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const wrapped = await crypto.subtle.wrapKey("raw", data, device, { name: "AES-GCM", iv });
  return { device: { id: "device", key: device }, data: { id: "data", name: crypto.randomUUID(), iv, wrapped } };
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
