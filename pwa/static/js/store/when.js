import { LONGEST_WAIT } from "./answer.js";
import { door } from "./door.js";
import { learn } from "./learn.js";
import { signedIn } from "./owner.js";
import { keepPlanShown } from "./plan.js";

const MINUTE = 60_000;

/**
 * When to sync while a page is open: now, when the network or the person comes back, and every minute one looks at it.
 * None of these alone is relied on. If someone else signs in meanwhile, nothing of the first stays on the screen.
 * @param {import("./phone.js").Phone} phone
 */
export function watch(phone) {
  const page = globalThis.document;
  if (!page) return;
  const first = signedIn();
  const look = () => {
    if ((signedIn() ?? first) !== first) location.reload();
    else if (!page.hidden) void goThrough(phone);
  };
  for (const name of ["online", "pageshow"]) addEventListener(name, look);
  page.addEventListener("visibilitychange", look);
  phone.addEventListener("left", () => location.reload());
  phone.addEventListener("change", () => void learn(phone));
  phone.addEventListener("change", () => void heed(phone.sender.trouble));
  void learn(phone);
  if (!phone.locked) {
    phone.addEventListener("change", () => void keepPlanShown(phone));
    void keepPlanShown(phone);
  }
  void goOn(phone, page);
}

/**
 * Milliseconds until then; a clock that was set back meanwhile makes nobody wait for years.
 * @param {number} moment
 * @param {number} [now]
 */
export const restOf = (moment, now = Date.now()) => Math.min(LONGEST_WAIT, Math.max(1000, moment - now));

/**
 * @param {import("./phone.js").Phone} phone
 * @param {Document} page
 */
async function goOn(phone, page) {
  if (!page.hidden) await goThrough(phone);
  const { trouble, notBefore } = phone.sender;
  setTimeout(() => void goOn(phone, page), trouble ? restOf(notBefore) : MINUTE);
}

/** A store that does not answer is no reason not to try the rest. @param {import("./phone.js").Phone} phone */
async function goThrough(phone) {
  await phone.heal().catch(() => {});
  await phone.sync();
}

/** @param {import("./sender.js").Trouble | null} trouble */
async function heed(trouble) {
  if (trouble === "other-person")
    await door.set({ owner: null, device: null }); // the next page asks who it is
  else if (trouble) await askToBeWoken();
}

/** Where the browser can send with no page open, it should. */
async function askToBeWoken() {
  const worker = /** @type {any} */ (await navigator.serviceWorker?.ready);
  await worker?.sync?.register("outbox").catch(() => {}); // not allowed here: the pages do without
}
