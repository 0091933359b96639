import { addDays, weekday } from "../store/days.js";

const HALF_AN_HOUR = 1_800_000;

/**
 * When the clinic next reads what patients send, by its card; null if its card names no day, and while somebody is there
 * by its hours of cover. The rule is that of `pwa/domain/reading.py`.
 * @param {Record<string, any> | null} card  its `zone`, and its `cover` or, before it had hours of cover, its `reads`
 * @param {Date} [now]
 */
export function nextRead(card, now = new Date()) {
  const reads = card?.cover ? { days: card.cover.days, at: card.cover.opens } : card?.reads;
  if (!reads?.days.length || (card?.cover && isCovered(card, now))) return null;
  const zone = card?.zone;
  const first = new Date(wallClock(now.getTime(), zone)).toISOString().slice(0, 10);
  const closed = card?.cover?.closed ?? [];
  for (let days = 0; days < 8 + 7 * closed.length; days++) {
    const day = addDays(first, days);
    if (closed.includes(day)) continue;
    const moment = momentOf(day, reads.at, zone);
    if (reads.days.includes(weekday(day)) && moment > now) return moment;
  }
  return null;
}

/** @param {any} card @param {Date} now */
function isCovered({ zone, cover: { days, opens, closes, closed = [] } }, now) {
  const there = new Date(wallClock(now.getTime(), zone)).toISOString();
  const time = there.slice(11, 16);
  const day = there.slice(0, 10);
  return days.includes(weekday(day)) && !closed.includes(day) && time >= opens && time < closes;
}

/**
 * The moment when a wall clock there first shows this; where the clock jumps over it, just as far past the jump.
 * @param {string} day
 * @param {string} clock  "09:00"
 * @param {string} zone
 */
function momentOf(day, clock, zone) {
  const wanted = Date.parse(`${day}T${clock}:00Z`);
  const near = wanted - ahead(wanted, zone);
  const around = [-2, -1, 0, 1, 2].map((halves) => near + halves * HALF_AN_HOUR);
  const first = around.find((moment) => moment + ahead(moment, zone) === wanted);
  return new Date(first ?? wanted - ahead(around[0] - HALF_AN_HOUR, zone));
}

/**
 * How far a wall clock there is ahead of Greenwich at this moment, in ms.
 * @param {number} moment
 * @param {string} zone
 */
function ahead(moment, zone) {
  return wallClock(moment, zone) - moment;
}

/**
 * What a wall clock there shows at this moment, as if it stood in Greenwich.
 * @param {number} moment
 * @param {string} zone
 */
function wallClock(moment, zone) {
  const form = /** @type {const} */ ({ dateStyle: "short", timeStyle: "medium", timeZone: zone, hourCycle: "h23" });
  const [date, time] = new Intl.DateTimeFormat("sv-SE", form).format(moment - (moment % 1000)).split(" ");
  return Date.parse(`${date}T${time}Z`);
}
