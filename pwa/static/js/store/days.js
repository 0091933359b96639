// Civil days are texts such as "2026-11-20", never moments: no zone and no clock change moves them.

/** Until then it is still last night for a person awake. */
const DAY_STARTS = 3;
/** After-mode ends at the next morning. */
const MORNING = 6;
const DAY = 86_400_000;
/** From any moment to the next morning, and some hours for zones. */
const LONGEST_REST = 1.5 * DAY;

/**
 * The civil day that a form opened now offers: at 01:00 it is the one of the night before.
 * @param {Date} now
 * @param {string} [zone] an IANA name; where this phone is, if left out
 */
export function today(now = new Date(), zone) {
  const { day, hour } = zone ? wallClock(now, zone) : { day: civil(now), hour: now.getHours() };
  return hour >= DAY_STARTS ? day : addDays(day, -1);
}

/** This phone's zone, as an IANA name. */
export const here = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

/**
 * The moment as this phone's wall clock shows it, with the offset: "2026-11-20T07:48:12-05:00".
 * @param {Date} moment
 */
export function localIso(moment = new Date()) {
  const offset = -moment.getTimezoneOffset();
  const clock = [moment.getHours(), moment.getMinutes(), moment.getSeconds()].map(two).join(":");
  const ahead = Math.abs(offset);
  return `${civil(moment)}T${clock}${offset < 0 ? "-" : "+"}${two(Math.floor(ahead / 60))}:${two(ahead % 60)}`;
}

/**
 * @param {string} day
 * @param {number} count
 */
export function addDays(day, count) {
  return utcDay(new Date(at(day) + count * DAY));
}

/**
 * How many days after `from` the day `to` is.
 * @param {string} from
 * @param {string} to
 */
export function daysBetween(from, to) {
  return (at(to) - at(from)) / DAY;
}

/**
 * 1 for Monday to 7 for Sunday.
 * @param {string} day
 */
export function weekday(day) {
  return new Date(at(day)).getUTCDay() || 7;
}

/**
 * The morning after a moment, six o'clock where this phone is: until then the app stays dim after a treatment.
 * @param {Date} end
 */
export function morningAfter(end) {
  const [year, month, date] = addDays(today(end), 1).split("-").map(Number);
  return new Date(year, month - 1, date, MORNING);
}

/**
 * Whether it is after-mode now. One that ends further away was set while this phone's clock was wrong.
 * @param {string | null} from null: from the beginning
 * @param {string | null} until null: never
 * @param {Date} now
 */
export function isAfter(from, until, now) {
  const left = Date.parse(until ?? "") - now.getTime();
  return !(Date.parse(from ?? "") > now.getTime()) && left > 0 && left < LONGEST_REST;
}

/**
 * @param {Date} moment
 * @param {string} zone
 */
function wallClock(moment, zone) {
  const parts = Object.fromEntries(
    clockOf(zone)
      .formatToParts(moment)
      .map(({ type, value }) => [type, value]),
  );
  return { day: `${parts.year}-${parts.month}-${parts.day}`, hour: Number(parts.hour) };
}

/** @type {Map<string, Intl.DateTimeFormat>} */
const clocks = new Map();

/** @param {string} zone */
function clockOf(zone) {
  let clock = clocks.get(zone);
  if (!clock) {
    const form = /** @type {const} */ ({ year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit" });
    clock = new Intl.DateTimeFormat("en-CA", { ...form, timeZone: zone, hourCycle: "h23" });
    clocks.set(zone, clock);
  }
  return clock;
}

/** @param {string} day */
function at(day) {
  const [year, month, date] = day.split("-").map(Number);
  return Date.UTC(year, month - 1, date);
}

/** @param {Date} moment */
const civil = (moment) => `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`;

/** @param {Date} moment */
const utcDay = (moment) => `${moment.getUTCFullYear()}-${two(moment.getUTCMonth() + 1)}-${two(moment.getUTCDate())}`;

/** @param {number} number */
const two = (number) => String(number).padStart(2, "0");
