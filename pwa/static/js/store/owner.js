import { door } from "./door.js";
import { hasKey } from "./keys.js";
import { goodbye } from "./leave.js";
import { keepServerKey, lockOf } from "./lock.js";
import { lockNoted, noteLock } from "./lock-note.js";

/** @typedef {import("./types.js").Me} Me */

/**
 * Whose stores this phone opens: those of the door, unless someone else has signed in since. Null if nobody ever did, or
 * if a lock that was on is gone, until someone signs in anew.
 * @returns {Promise<{ owner: string, device: string } | null>}
 */
export async function whoseStores() {
  const { owner, device, language, lost, ...known } = await door.get();
  if (await isLockGone(signedIn() ?? owner)) return askToSignInAnew();
  const here = owner && device && (signedIn() ?? owner) === owner ? { owner, device } : null;
  if (here && (await hasKey(here.owner))) return here;
  const me = await askWho();
  if (!me) return here && missing(here, lost + known.unsent);
  const unsent = me.owner === owner ? known.unsent : 0;
  const gone = (await hasKey(me.owner)) || me.device === known.left ? 0 : Math.max(me.waiting, unsent);
  const who = (gone && (await askWho({ "X-Tidelog-Store": "empty" }))) || me;
  const now = { owner: me.owner, device: who.device };
  await door.set({
    ...now,
    language: language ?? me.language,
    lost: (me.owner === owner ? lost : 0) + gone,
    unsent: 0,
    left: null,
  });
  if (me.key) await keepServerKey(me.owner, me.key);
  return now;
}

/** Whether a lock was on that went with its store. @param {string | null} owner */
async function isLockGone(owner) {
  return owner !== null && lockNoted() === owner && !(await lockOf(owner));
}

/**
 * Without its lock nothing is pulled to this phone for whoever holds it. What is lost is told after the next sign-in.
 * @returns {Promise<null>}
 */
async function askToSignInAnew() {
  if (await goodbye()) {
    noteLock(null);
    await door.set({ device: null });
  }
  return null;
}

/** Their store is gone, and nobody else can say what was in it. @param {{ owner: string, device: string }} whose @param {number} lost */
async function missing(whose, lost) {
  await door.set({ lost, unsent: 0 });
  return whose;
}

/** Keeps the server's newest key, if it says one just now. @param {string} owner */
export async function learnServerKey(owner) {
  const me = await askWho();
  if (me?.owner === owner && me.key) await keepServerKey(owner, me.key);
}

/** Who signed in last on this browser, known without asking, offline too; undefined after a sign-out. */
export function signedIn() {
  const kept = globalThis.document?.cookie ?? "";
  return (/(?:^|; )__Host-owner=([^;]+)/.exec(kept) ?? /(?:^|; )owner=([^;]+)/.exec(kept))?.[1];
}

/** Whether it is an answer of our server; a network between may answer anything. @param {any} me */
function isOurs(me) {
  return [me?.owner, me?.device, me?.role, me?.language].every((one) => typeof one === "string") && me.waiting >= 0;
}

/**
 * @param {Record<string, string>} headers
 * @returns {Promise<Me | null>} null: no patient is signed in, or no answer came
 */
async function askWho(headers = {}) {
  try {
    const answer = await fetch("/me", { headers, redirect: "error", cache: "no-store" });
    const me = answer.ok ? await answer.json() : null;
    return isOurs(me) && me.role === "patient" ? me : null;
  } catch {
    return null;
  }
}
