import { nameOf, within } from "./databases.js";
import { CURVE } from "./sealing.js";

/** @typedef {{ id: "pair", point: Uint8Array<ArrayBuffer>, iv: Uint8Array<ArrayBuffer>, wrapped: ArrayBuffer }} PairRow */

/**
 * The phone's own key pair: to its point one writes without unlocking, and only the data key opens what was written.
 * @param {CryptoKey} data
 * @returns {Promise<PairRow>}
 */
export async function makePair(data) {
  const pair = await crypto.subtle.generateKey(CURVE, true, ["deriveBits"]);
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const wrapped = await crypto.subtle.wrapKey("pkcs8", pair.privateKey, data, { name: "AES-GCM", iv });
  const point = new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey));
  return { id: "pair", point, iv, wrapped };
}

/**
 * Its private half. OperationError if it lies under another data key.
 * @param {string} owner
 * @param {import("./keys.js").DataKey} data
 */
export async function openPair(owner, { key }) {
  const row = await within(nameOf("outbox", owner), "readonly", (tx) => tx.objectStore("keys").get("pair"));
  return crypto.subtle.unwrapKey("pkcs8", row.wrapped, key, { name: "AES-GCM", iv: row.iv }, CURVE, false, [
    "deriveBits",
  ]);
}
