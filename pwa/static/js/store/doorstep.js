import { within } from "./databases.js";

/**
 * What the phone must know before anyone opens it: plain, small, and nobody's words. `owner` and `device`: whose stores
 * open here; `leaving`: whose are being wiped; `after_from`, `after_until`: when it is dim after a treatment, known before
 * it ends; `after_off`: until when after-mode stays off although a treatment ended;
 * `unsent`: how many entries were last known to be only here; `lost`: how many of them went when the browser threw its
 * stores away; `left`: the device that was signed out by hand, whose leaving is no loss.
 * `welcomed`: to whom it was told who reads what; `asks_thoughts`: whether the clinic asks its patients about thoughts;
 * `told`: whom this browser shows reminders, last said to our server on the day `told_on`. `untold`: a language
 * that was chosen here, which our server does not know. With `remember` false neither
 * number, region nor name of the clinic is kept.
 */
export const CLOSED = {
  language: /** @type {"en" | "fr" | null} */ (null),
  theme: /** @type {"system" | "light" | "dim"} */ ("system"),
  text: /** @type {"normal" | "large" | "larger"} */ ("normal"),
  region: /** @type {string | null} */ (null),
  clinic_phone: /** @type {string | null} */ (null),
  clinic_name: /** @type {string | null} */ (null),
  asks_thoughts: false,
  after_from: /** @type {string | null} */ (null),
  after_until: /** @type {string | null} */ (null),
  after_off: /** @type {string | null} */ (null),
  owner: /** @type {string | null} */ (null),
  device: /** @type {string | null} */ (null),
  leaving: /** @type {string | null} */ (null),
  welcomed: /** @type {string | null} */ (null),
  left: /** @type {string | null} */ (null),
  told: /** @type {string | null} */ (null),
  told_on: /** @type {string | null} */ (null),
  lost: 0,
  unsent: 0,
  untold: /** @type {"en" | "fr" | null} */ (null),
  remember: true,
};
export const NAME = "tidelog-door";

/** @typedef {typeof CLOSED} Door */

/** @returns {Promise<Door>} */
export async function readDoor() {
  const kept = await within(NAME, "readonly", (tx) => tx.objectStore("door").get("door"));
  return { ...CLOSED, ...kept };
}
