import { nextRead } from "./reading.js";
import { clock, listOfDays } from "./when.js";
import { moment, say } from "./words.js";
import { localIso } from "../store/days.js";

/**
 * When somebody at the clinic answers, as the clinic set it; null if its card does not say.
 * @param {any} card of the clinic
 * @param {string} [key]  of the page's words; `…_run` for three days or more in a row
 */
export function coverWords(card, key = "cover") {
  if (!card?.cover) return null;
  const { opens, closes } = card.cover;
  const [days, from, until] = [card.cover.days.toSorted(), at(opens), at(closes)];
  if (!isRun(days)) return say(key, { days: listOfDays(days), from, until });
  const [first, last] = [days[0], days.at(-1)].map((day) => listOfDays([day]));
  return say(`${key}_run`, { first, last, from, until });
}

/** Three days or more, one after the other. @param {number[]} days in order */
const isRun = (days) => days.length > 2 && days.every((day, place) => day === days[0] + place);

/**
 * When the clinic next reads; null while somebody is there, or where it is not known.
 * @param {any} card
 */
export function backAt(card) {
  const next = nextRead(card);
  return next && moment(localIso(next));
}

/** @param {string} time "09:00" */
const at = (time) => clock(`2000-01-01T${time}`);
