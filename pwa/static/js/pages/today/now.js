import { addDays, daysBetween, isAfter, today } from "../../store/days.js";
import { door } from "../../store/door.js";
import { dayOf } from "../../elements/when.js";

/** @typedef {{ record: string, status: string, at: string, minutes: number, number?: number, of?: number }} Treatment */
/** @typedef {import("../../store/types.js").Entry} Entry */

const HOUR = 3_600_000;
/** Hours that the question about the day after is asked for; as in pwa/domain/days.py, like those below. */
const NEXT_DAY_HOURS = 36;
/** Later windows, and the hours since a session between which they are asked about. */
const LATER = /** @type {const} */ ([
  ["three-days", 60, 108],
  ["week", 156, 204],
]);
/** In maintenance: days from one check-in to the next, and before and after a session on which one is asked for. */
const [WEEKLY, BEFORE, AFTER] = [7, 1, 3];
/** From three o'clock, when a day begins, to six o'clock of the next morning, when its rest ends; as in store/days.js. */
const REST_HOURS = 27;

/**
 * Treatments that have begun. One planned for the last hours counts until the clinic has noted what became of it.
 * @template {Treatment} T
 * @param {T[]} treatments in order
 * @param {Date} now
 */
export function begun(treatments, now) {
  return treatments.filter(({ status, at }) => {
    const hours = (now.getTime() - Date.parse(at)) / HOUR;
    return hours >= 0 && (status === "given" || (status === "planned" && hours < NEXT_DAY_HOURS));
  });
}

/** @param {Treatment} treatment */
export const endOf = ({ at, minutes }) => new Date(Date.parse(at) + minutes * 60_000);

/**
 * Since and until when a person takes it slowly, whatever look they chose; null: now one does not.
 * @param {Date} now
 * @returns {Promise<import("./after.js").Rest | null>}
 */
export async function restNow(now) {
  const { after_from: from, after_until, after_off } = await door.get();
  if (after_until && isAfter(from, after_until, now)) return { from, until: after_until };
  return after_off && isAfter(null, after_off, now) ? { from: null, until: after_off } : null;
}

/** Rest lasts until the morning after the day of a session. @param {{ until: string }} rest */
export const dayBefore = ({ until }) => addDays(dayOf(until), -1);

/** @param {Treatment} treatment */
export const dayOfSession = (treatment) => today(endOf(treatment));

/**
 * Whether a report is about this window after a session. One of somebody who has just had a session names none until the
 * clinic enters it: it is about the session of its day, as in pwa/clinic/matrix.py.
 * @param {Entry} entry
 * @param {any} session  without a record: one that is not entered yet, of its `day`
 * @param {string} window
 */
export function isAbout({ day, heads: [{ body }] }, session, window) {
  const isOfDay = () => window === "acute" && day === (session.day ?? dayOfSession(session));
  return body?.window === window && (body.treatment ? body.treatment === session.record : isOfDay());
}

/**
 * The one thing to do now, or null: what one notices after a session, how one is the day after, else today's check-in.
 * In maintenance the check-in is asked for weekly and around sessions.
 * @param {{ now: Date, treatments: Treatment[], effects: Entry[], checkins: Entry[], rest: string | null,
 *   course?: { phase: string } | null }} known  `rest`: from the end of a session, until when one takes it slowly
 * @returns {"acute" | "next-day" | "three-days" | "week" | "check-in" | null}
 */
export function oneThing({ now, treatments, effects, checkins, rest, course }) {
  if (rest) return effects.some((entry) => isOfRest(entry, rest, treatments)) ? null : "acute";
  const last = begun(treatments, now).at(-1);
  if (last && endOf(last) > now) return null;
  const window = last && windowAsked(last, now);
  if (last && window && !effects.some((entry) => isAbout(entry, last, window))) return window;
  if (checkins.some(({ day }) => day === today(now))) return null;
  return course?.phase !== "maintenance" || isTimeToCheckIn(treatments, checkins, now) ? "check-in" : null;
}

/** @param {Treatment[]} treatments @param {Entry[]} checkins @param {Date} now */
function isTimeToCheckIn(treatments, checkins, now) {
  const day = today(now);
  if (!checkins.some((entry) => daysBetween(entry.day, day) < WEEKLY)) return true;
  return treatments.some(({ status, at }) => {
    const after = daysBetween(dayOf(at), day);
    return status !== "cancelled" && after >= -BEFORE && after <= AFTER;
  });
}

/** @param {Treatment} last @param {Date} now */
function windowAsked(last, now) {
  if (isNextDay(last, now)) return "next-day";
  const hours = (now.getTime() - Date.parse(last.at)) / HOUR;
  return LATER.find(([, from, until]) => hours >= from && hours < until)?.[0] ?? null;
}

/** @param {Entry} entry @param {string} until @param {Treatment[]} treatments */
function isOfRest({ heads: [{ body, felt_at }] }, until, treatments) {
  const about = treatments.find(({ record }) => record === body?.treatment);
  const isOfIt = about ? dayOfSession(about) === dayBefore({ until }) : body?.window === "acute";
  return isOfIt && Date.parse(until) - Date.parse(felt_at) < REST_HOURS * HOUR;
}

/** @param {Treatment} last @param {Date} now */
function isNextDay({ at }, now) {
  return today(now) > dayOf(at) && now.getTime() - Date.parse(at) < NEXT_DAY_HOURS * HOUR;
}
