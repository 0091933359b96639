// To a public key: whoever holds only that can write, and not read again. The bytes: docs/sync.md, "Sealed versions".
import { seal, unseal } from "./keys.js";
import { AES } from "./wrapping.js";

/** @typedef {{ id: string, public: string }} ServerKey  the server's, as GET /me names it */
/** @typedef {import("./types.js").Sealed & { point: Uint8Array<ArrayBuffer> }} SealedTo  `point`: made for this text alone */

export const CURVE = { name: "ECDH", namedCurve: "P-256" };

/**
 * @param {string} name of the key that can open it
 * @param {Uint8Array<ArrayBuffer>} to its point
 * @param {string} belongs
 * @param {string} text
 * @returns {Promise<SealedTo>}
 */
export async function sealTo(name, to, belongs, text) {
  const own = await crypto.subtle.generateKey(CURVE, false, ["deriveBits"]);
  const point = new Uint8Array(await crypto.subtle.exportKey("raw", own.publicKey));
  const key = await shared(own.privateKey, await read(to), point);
  return { point, ...(await seal({ name, key }, belongs, text)) };
}

/**
 * OperationError if it was not sealed to this key, or belongs elsewhere.
 * @param {CryptoKey} own
 * @param {string} belongs
 * @param {SealedTo} row
 */
export async function openSealed(own, belongs, row) {
  return unseal({ name: row.key, key: await shared(own, await read(row.point), row.point) }, belongs, row);
}

/**
 * A version's text as it may travel without anyone here being able to read it.
 * @param {ServerKey} server
 * @param {string} owner
 * @param {string} id
 * @param {string} text
 */
export async function toServer(server, owner, id, text) {
  const { point, iv, sealed } = await sealTo(server.id, fromBase64(server.public), `${owner}/${id}`, text);
  return JSON.stringify({ id, key: server.id, sealed: asBase64([point, iv, new Uint8Array(sealed)]) });
}

/** @param {Uint8Array<ArrayBuffer>} point */
function read(point) {
  return crypto.subtle.importKey("raw", point, CURVE, false, []);
}

/**
 * @param {CryptoKey} own
 * @param {CryptoKey} other
 * @param {Uint8Array<ArrayBuffer>} salt
 */
async function shared(own, other, salt) {
  const secret = await crypto.subtle.deriveBits({ name: "ECDH", public: other }, own, 256);
  const drawn = await crypto.subtle.importKey("raw", secret, "HKDF", false, ["deriveKey"]);
  const how = { name: "HKDF", hash: "SHA-256", salt, info: new TextEncoder().encode("tidelog sealed 1") };
  return crypto.subtle.deriveKey(how, drawn, AES, false, ["encrypt", "decrypt"]);
}

/** base64url without padding. @param {Uint8Array[]} parts */
function asBase64(parts) {
  const bytes = parts.flatMap((part) => Array.from(part, (byte) => String.fromCharCode(byte))).join("");
  return btoa(bytes).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

/** @param {string} text */
function fromBase64(text) {
  return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (char) => char.charCodeAt(0));
}
