import { wallClock, nextRead } from "./reading.js";
import { clock, listOfDays } from "./when.js";
import { moment, say } from "./words.js";
import { localIso, weekday } from "../store/days.js";

/**
 * When somebody at the clinic answers, as the clinic set it; null if its card does not say.
 * @param {any} card of the clinic
 */
export function coverWords(card) {
  if (!card?.cover) return null;
  const { opens, closes } = card.cover;
  const [days, from, until] = [card.cover.days.toSorted(), at(opens), at(closes)];
  if (!isRun(days)) return say("cover", { days: listOfDays(days), from, until });
  const [first, last] = [days[0], days.at(-1)].map((day) => listOfDays([day]));
  return say("cover_run", { first, last, from, until });
}

/** Three days or more, one after the other. @param {number[]} days in order */
const isRun = (days) => days.length > 2 && days.every((day, place) => day === days[0] + place);

/**
 * Outside of these hours, when somebody is back; null while somebody is there, or where it is not known.
 * @param {any} card
 * @param {Date} [now]
 */
export function backAt(card, now = new Date()) {
  if (!card?.cover || isCovered(card, now)) return null;
  const { days, opens } = card.cover;
  const next = nextRead({ zone: card.zone, reads: { days, at: opens } }, now);
  return next && moment(localIso(next));
}

/** @param {any} card @param {Date} now */
function isCovered({ zone, cover: { days, opens, closes } }, now) {
  const there = new Date(wallClock(now.getTime(), zone)).toISOString();
  const time = there.slice(11, 16);
  return days.includes(weekday(there.slice(0, 10))) && time >= opens && time < closes;
}

/** @param {string} time "09:00" */
const at = (time) => clock(`2000-01-01T${time}`);
