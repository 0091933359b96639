import { localIso } from "../store/days.js";
import { clock, dayOf, shortDay } from "./when.js";

export { clock, dayOf, longDay, nearDay, shortDay } from "./when.js";

/** What scripts say comes with the page, translated: its own words, and those of the status line. */
const words = Object.assign({}, ...["status-words", "words"].map(inPage));
const plural = new Intl.PluralRules(document.documentElement.lang);

/**
 * The page's words for a key, such as "saved" or "readers.me", with {n} and the like filled in. Words with a singular
 * come as { one, other } and go by `n`.
 * @param {string} key
 * @param {Record<string, string | number>} [values]
 * @returns {string}
 */
export function say(key, values = {}) {
  const found = key.split(".").reduce((within, name) => within?.[name], words);
  const text = found?.other ? (found[plural.select(Number(values.n))] ?? found.other) : found;
  return String(text ?? key).replace(/\{(\w+)\}/g, (hole, name) => String(values[name] ?? hole));
}

/**
 * Thu 5 Nov, 14:00: as the ISO text itself shows it.
 * @param {string} iso
 */
export const moment = (iso) => `${shortDay(dayOf(iso))}, ${clock(iso)}`;

/** When the clinic saw something, by the date alone: whoever is awake at one in the morning reads the clock of that night. @param {string} at */
export const seenWords = (at) =>
  dayOf(at) === dayOf(localIso()) ? say("seen", { time: clock(at) }) : say("seen_before", { when: moment(at) });

/** @param {string} id */
function inPage(id) {
  return JSON.parse(document.getElementById(id)?.textContent || "{}");
}
