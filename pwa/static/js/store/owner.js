import { door } from "./door.js";
import { hasKey } from "./keys.js";

/** @typedef {import("./types.js").Me} Me */

/**
 * Whose stores this phone opens: those of the door, unless someone else has signed in since. Null if nobody ever did.
 * @returns {Promise<{ owner: string, device: string } | null>}
 */
export async function whoseStores() {
  const { owner, device, language } = await door.get();
  if (owner && device && (signedIn() ?? owner) === owner) return { owner, device };
  const me = await askWho();
  if (!me) return null;
  const lost = (await hasKey(me.owner)) ? 0 : me.waiting;
  const who = (lost && (await askWho({ "X-Tidelog-Store": "empty" }))) || me;
  await door.set({ owner: me.owner, device: who.device, language: language ?? me.language, lost });
  return { owner: me.owner, device: who.device };
}

/** Who signed in last on this browser, known without asking, offline too; undefined after a sign-out. */
export function signedIn() {
  return /(?:^|; )owner=([^;]+)/.exec(globalThis.document?.cookie ?? "")?.[1];
}

/**
 * @param {Record<string, string>} headers
 * @returns {Promise<Me | null>} null: no patient is signed in, or no answer came
 */
async function askWho(headers = {}) {
  try {
    const answer = await fetch("/me", { headers, redirect: "error", cache: "no-store" });
    const me = answer.ok ? await answer.json() : null;
    return me?.role === "patient" ? me : null;
  } catch {
    return null;
  }
}
