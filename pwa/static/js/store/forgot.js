// The PIN is forgotten: the password proves who it is, what waits goes sealed, and the phone begins anew.
import { erase, nameOf } from "./databases.js";
import { forgetKey } from "./handover.js";
import { renewKeys } from "./keys.js";
import { goodbye } from "./leave.js";
import { change, lockOf } from "./lock.js";
import { noteLock } from "./lock-note.js";
import * as mirror from "./mirror.js";
import { Sender } from "./sender.js";
import { Shut } from "./shut.js";

/** @typedef {import("./phone.js").Phone} Phone */

/** How long a sign-in counts as just made, in ms: afterwards whoever holds the phone must sign in once more. */
const PROOF = 30 * 60_000;

/**
 * Ends the sign-in, so that the password must be typed: a sign-in from before proves nothing of who holds the phone.
 * @param {string} owner
 * @returns {Promise<boolean>} false: no network, and nothing changed
 */
export async function askToSignIn(owner) {
  if (!(await goodbye())) return false;
  const forgotten = Date.now() + PROOF;
  await change(owner, async (keys) => keys.put({ ...(await keys.get("lock")), forgotten }));
  return true;
}

/** Whether the next sign-in, or one just made, may open this phone anew. @param {string} owner */
export async function mayBeginAnew(owner) {
  return ((await lockOf(owner))?.forgotten ?? 0) > Date.now();
}

/**
 * Sends all that has a sealed form. Only when every one of them has its receipt, the phone gets a new data key and no
 * lock, and pulls its mirror again. What has no sealed form stays.
 * @param {Phone} phone locked
 * @returns {Promise<import("./sender.js").Trouble | null>} null: done; else why it is not, and then nothing is lost
 */
export async function beginAnew(phone) {
  const { owner, vault, device } = phone;
  if (!(await mayBeginAnew(owner))) return "sign-in";
  const sender = new Sender(
    new Shut(/** @type {import("./slot.js").Slot} */ (vault), true),
    device,
    undefined,
    phone.sender.post,
  );
  await sender.sync();
  if (sender.trouble) return sender.trouble;
  if (!(await renewKeys(owner))) return "unknown"; // something was added meanwhile
  noteLock(null);
  await Promise.all([mirror.discard(owner), erase(nameOf("drafts", owner)), forgetKey()]);
  phone.tellOthers("left");
  return null;
}
