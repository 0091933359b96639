import { addDays, weekday } from "../store/days.js";

/**
 * When the clinic next reads what patients send, by its card; null if its card names no day. The rule is that of
 * `pwa/domain/reading.py`.
 * @param {Record<string, any> | null} card  its `reads` and `zone`
 * @param {Date} [now]
 */
export function nextRead(card, now = new Date()) {
  if (!card?.reads?.days.length) return null;
  const { reads, zone } = card;
  const first = new Date(wallClock(now.getTime(), zone)).toISOString().slice(0, 10);
  for (let ahead = 0; ahead < 8; ahead++) {
    const day = addDays(first, ahead);
    const moment = momentOf(day, reads.at, zone);
    if (reads.days.includes(weekday(day)) && moment > now) return moment;
  }
  return null;
}

/**
 * The moment when a wall clock there shows this.
 * @param {string} day
 * @param {string} clock  "09:00"
 * @param {string} zone
 */
function momentOf(day, clock, zone) {
  const wanted = Date.parse(`${day}T${clock}:00Z`);
  const near = wanted - (wallClock(wanted, zone) - wanted);
  return new Date(near - (wallClock(near, zone) - wanted));
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
