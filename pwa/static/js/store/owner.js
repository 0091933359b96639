import { door } from "./door.js";

/** @typedef {import("./types.js").Me} Me */
/** @typedef {{ owner: string, device: string }} Who */

/**
 * Whose stores this phone opens: those of the door, unless someone else has signed in since. Null if nobody ever did.
 * @returns {Promise<Who | null>}
 */
export async function whoseStores() {
  const { owner, device } = await door.get();
  if (owner && device && (signedIn() ?? owner) === owner) return { owner, device };
  const me = await askWho();
  if (!me) return null;
  await door.set({ owner: me.owner, device: me.device, ...(!owner && { language: /** @type {any} */ (me.language) }) });
  return me;
}

/** Who signed in last on this browser, known without asking, offline too; undefined after a sign-out. */
export function signedIn() {
  return /(?:^|; )owner=([^;]+)/.exec(globalThis.document?.cookie ?? "")?.[1];
}

/** @returns {Promise<Me | null>} null: nobody is signed in, no patient, or no answer */
async function askWho() {
  try {
    const answer = await fetch("/me", { headers: { "X-Tidelog": "1" }, redirect: "error", cache: "no-store" });
    const me = answer.ok ? await answer.json() : null;
    return typeof me?.owner === "string" && typeof me.device === "string" ? me : null;
  } catch {
    return null;
  }
}
