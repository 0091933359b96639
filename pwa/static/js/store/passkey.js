// A second way to open the lock: the secret that a passkey draws from a salt (WebAuthn's PRF extension), offline too.
import { change, openedBy, rowsOf } from "./lock.js";
import { forgive } from "./pin.js";
import { AES, unwrap, unwrapToWrap, wrap } from "./wrapping.js";

/** @typedef {{ credential: ArrayBuffer, salt: Uint8Array<ArrayBuffer> }} Passkey */

/** Whether this phone has a face or fingerprint to offer; whether it can draw a secret shows when one is made. */
export async function mayHavePasskey() {
  return (await globalThis.PublicKeyCredential?.isUserVerifyingPlatformAuthenticatorAvailable?.()) ?? false;
}

/** @param {string} owner */
export async function hasPasskey(owner) {
  return !!(await rowsOf(owner, "passkey"))[0];
}

/**
 * @param {string} owner
 * @param {string} pin
 * @returns {Promise<"added" | "pin" | "not-here">} pin: it is wrong; not-here: this phone cannot, or its owner did not want to
 */
export async function addPasskey(owner, pin) {
  const readable = await openedBy(owner, pin, unwrapToWrap);
  if (!readable) return "pin";
  const salt = random(32);
  const credential = await make();
  const secret = credential && (await drawn({ credential, salt }));
  if (!secret) return "not-here";
  const row = { id: "passkey", credential, salt, ...(await wrap(readable, await keyFrom(secret, salt))) };
  await change(owner, (keys) => keys.put(row));
  return "added";
}

/** @param {string} owner */
export function removePasskey(owner) {
  return change(owner, (keys) => keys.delete("passkey"));
}

/** @param {string} owner @returns {Promise<import("./keys.js").DataKey | null>} null: it did not come to that */
export async function unlockWithPasskey(owner) {
  const [row, { name }] = await rowsOf(owner, "passkey", "data");
  const secret = await drawn(row);
  if (!secret) return null;
  const key = await unwrap(row, await keyFrom(secret, row.salt));
  await forgive(owner);
  return { name, key };
}

/** Names nobody: the passkey's own list says only "Tidelog". @returns {Promise<ArrayBuffer | null>} its id */
async function make() {
  const made = await orNull(
    navigator.credentials.create({
      publicKey: {
        rp: { name: "Tidelog" },
        user: { id: random(16), name: "Tidelog", displayName: "Tidelog" },
        challenge: random(32),
        pubKeyCredParams: [-7, -257].map((alg) => ({ type: "public-key", alg })),
        authenticatorSelection: { authenticatorAttachment: "platform", userVerification: "required" },
        extensions: { prf: {} },
      },
    }),
  );
  return made?.getClientExtensionResults().prf?.enabled ? made.rawId : null;
}

/** @param {Passkey} passkey @returns {Promise<BufferSource | null>} */
async function drawn({ credential, salt }) {
  const got = await orNull(
    navigator.credentials.get({
      publicKey: {
        challenge: random(32),
        allowCredentials: [{ type: "public-key", id: credential }],
        userVerification: "required",
        extensions: { prf: { eval: { first: salt } } },
      },
    }),
  );
  return got?.getClientExtensionResults().prf?.results?.first ?? null;
}

/** @param {BufferSource} secret @param {Uint8Array<ArrayBuffer>} salt */
async function keyFrom(secret, salt) {
  const given = await crypto.subtle.importKey("raw", secret, "HKDF", false, ["deriveKey"]);
  const how = { name: "HKDF", hash: "SHA-256", salt, info: new TextEncoder().encode("tidelog passkey 1") };
  return crypto.subtle.deriveKey(how, given, AES, false, ["wrapKey", "unwrapKey"]);
}

/** Turned down, or not to be had here. @param {Promise<Credential | null>} asking */
async function orNull(asking) {
  try {
    return /** @type {PublicKeyCredential | null} */ (await asking);
  } catch (error) {
    if (error instanceof DOMException) return null;
    throw error;
  }
}

/** @param {number} length */
const random = (length) => crypto.getRandomValues(new Uint8Array(length));
