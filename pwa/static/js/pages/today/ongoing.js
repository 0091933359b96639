import { say } from "../../elements/words.js";

/** @typedef {import("../../store/types.js").Entry} Entry */

const DAY = 86_400_000;
/** How far back an effect that still goes on is asked about, and how many at once. */
const [BACK, MOST] = [28 * DAY, 3];

/** Said with yes or no, so that nothing goes on. */
const YES_NO = say("yes_no").split(" ");

/**
 * What still goes on or may, as last said: each effect once, with the report that says so, what surely does first. What a
 * later report calls gone is.
 * @param {Entry[]} effects the newest first
 * @param {Date} now
 * @returns {{ entry: Entry, effect: any }[]}
 */
export function stillGoing(effects, now) {
  const heard = new Set();
  /** @type {{ entry: Entry, effect: any }[]} */
  const found = [];
  for (const entry of effects) {
    const [{ body, felt_at }] = entry.heads;
    if (now.getTime() - Date.parse(felt_at) > BACK) break;
    for (const effect of body?.effects ?? []) {
      if (heard.has(effect.effect) || YES_NO.includes(effect.effect)) continue;
      heard.add(effect.effect);
      if (effect.severity > 0 && effect.ongoing !== false) found.push({ entry, effect });
    }
  }
  const [surely, perhaps] = [true, undefined].map((said) => found.filter(({ effect }) => effect.ongoing === said));
  return [...surely, ...perhaps].slice(0, MOST);
}
