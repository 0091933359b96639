import { today } from "../store/days.js";
import { clock, dayOf, moment, say } from "./words.js";

/** @typedef {import("../store/types.js").Entry} Entry */

/**
 * When the clinic saw an entry as it stands now; null if it did not say so, or the entry was changed since.
 * @param {Entry} entry
 * @param {Record<string, string>} seen  by record, as the clinic told this phone
 */
export function seenAt({ record, waiting, attention, heads }, seen) {
  const at = seen[record];
  const isOfThis = at && heads.every(({ written_at }) => Date.parse(written_at) <= Date.parse(at));
  return isOfThis && !waiting && !attention ? at : null;
}

/** @param {string} at */
export const seenWords = (at) =>
  dayOf(at) === today() ? say("seen", { time: clock(at) }) : say("seen_before", { when: moment(at) });
