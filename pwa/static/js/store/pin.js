import { nameOf, within } from "./databases.js";
import { AES } from "./wrapping.js";

/** @typedef {{ salt: Uint8Array<ArrayBuffer>, rounds: number }} Derived */
/** @typedef {{ id: "lock", after: number, wrong: number, until: number, forgotten?: number }} LockRow
 * `after`: minutes of no use; 0: at once when one leaves. `wrong`: PINs in a row; `until`: no try before. `forgotten`: until
 * when a new sign-in may begin anew without the PIN. */

/** OWASP's number for PBKDF2-SHA-256 (2023). It stands in the row, so that it can grow. */
export const ROUNDS = 600_000;
/** Wrong PINs that cost nothing but the time to type them. */
const FREE = 5;
const SECOND = 1000;
const PAUSES = [30, 60, 300, 900];
const LONGEST = 3600;

/**
 * @param {string} pin
 * @param {Derived} row
 */
export async function pinKey(pin, { salt, rounds }) {
  const typed = await crypto.subtle.importKey("raw", new TextEncoder().encode(pin), "PBKDF2", false, ["deriveKey"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt, iterations: rounds };
  return crypto.subtle.deriveKey(how, typed, AES, false, ["wrapKey", "unwrapKey"]);
}

/**
 * Counts a try on disk before it is made, so that closing the app forgives nothing. Says whether it may be made.
 * @param {string} owner
 * @returns {Promise<boolean>}
 */
export function countTry(owner) {
  return within(nameOf("outbox", owner), "readwrite", async (tx) => {
    const keys = tx.objectStore("keys");
    const row = /** @type {LockRow} */ (await keys.get("lock"));
    if (waitOf(row)) return false;
    const wrong = row.wrong + 1;
    await keys.put({ ...row, wrong, until: Date.now() + pauseAfter(wrong) });
    return true;
  });
}

/** The PIN was right. @param {string} owner */
export function forgive(owner) {
  return within(nameOf("outbox", owner), "readwrite", async (tx) => {
    const keys = tx.objectStore("keys");
    await keys.put({ ...(await keys.get("lock")), wrong: 0, until: 0, forgotten: 0 });
  });
}

/**
 * Milliseconds until the next try. A clock that was set back must not lock anyone out for good.
 * @param {LockRow} row
 * @param {number} now
 */
export function waitOf({ wrong, until }, now = Date.now()) {
  const left = until - now;
  return left > 0 && left <= pauseAfter(wrong) ? left : 0;
}

/** @param {number} wrong in a row */
export function pauseAfter(wrong) {
  return wrong < FREE ? 0 : (PAUSES[wrong - FREE] ?? LONGEST) * SECOND;
}
