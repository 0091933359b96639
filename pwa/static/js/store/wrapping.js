// A data key under another key. It is opened so that no script can read it, except to be wrapped anew.

/** @typedef {{ iv: Uint8Array<ArrayBuffer>, wrapped: ArrayBuffer }} Wrapped */

export const AES = { name: "AES-GCM", length: 256 };

/**
 * @param {CryptoKey} key a data key that may be read
 * @param {CryptoKey} by
 * @returns {Promise<Wrapped>}
 */
export async function wrap(key, by) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  return { iv, wrapped: await crypto.subtle.wrapKey("raw", key, by, { name: "AES-GCM", iv }) };
}

/**
 * OperationError if it was wrapped by another key.
 * @param {Wrapped} row
 * @param {CryptoKey} by
 */
export function unwrap(row, by) {
  return unwrapped(row, by, false);
}

/** The same, to be wrapped anew at once, and then forgotten. @param {Wrapped} row @param {CryptoKey} by */
export function unwrapToWrap(row, by) {
  return unwrapped(row, by, true);
}

/** @param {Wrapped} row @param {CryptoKey} by @param {boolean} isReadable */
function unwrapped({ iv, wrapped }, by, isReadable) {
  const uses = /** @type {KeyUsage[]} */ (["encrypt", "decrypt", "wrapKey", "unwrapKey"]);
  return crypto.subtle.unwrapKey("raw", wrapped, by, { name: "AES-GCM", iv }, AES, isReadable, uses);
}
