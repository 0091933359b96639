// WebAuthn's options and answers, between the browser's bytes and the JSON that travels: older browsers cannot themselves.

/** @param {any} options @returns {PublicKeyCredentialCreationOptions} */
export function toMake(options) {
  return {
    ...options,
    challenge: bytes(options.challenge),
    user: { ...options.user, id: bytes(options.user.id) },
    excludeCredentials: (options.excludeCredentials ?? []).map(named),
  };
}

/** @param {any} options @returns {PublicKeyCredentialRequestOptions} */
export function toUse(options) {
  return {
    ...options,
    challenge: bytes(options.challenge),
    allowCredentials: (options.allowCredentials ?? []).map(named),
  };
}

/** @param {PublicKeyCredential} credential */
export function asJson({ id, rawId, type, response }) {
  const said = /** @type {any} */ (response);
  const parts = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];
  const written = parts.filter((part) => said[part]).map((part) => [part, text(said[part])]);
  return { id, rawId: text(rawId), type, response: Object.fromEntries(written) };
}

/** @param {{ id: string }} one */
const named = (one) => ({ ...one, id: bytes(one.id) });

/** @param {string} base64url */
function bytes(base64url) {
  const plain = atob(base64url.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (sign) => sign.charCodeAt(0));
}

/** base64url without padding. @param {ArrayBuffer} data */
function text(data) {
  const plain = btoa(String.fromCharCode(...new Uint8Array(data)));
  return plain.replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}
