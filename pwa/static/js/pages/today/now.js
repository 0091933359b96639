import { today } from "../../store/days.js";
import { dayOf } from "../../elements/when.js";

/** @typedef {{ record: string, status: string, at: string, minutes: number, number?: number, of?: number }} Treatment */
/** @typedef {import("../../store/types.js").Entry} Entry */

const HOUR = 3_600_000;
/** Hours that the question about the day after is asked for; as in pwa/domain/days.py. */
const NEXT_DAY_HOURS = 36;
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
 * The one thing to do now, or null: what one notices after a session, how one is the day after, else today's check-in.
 * @param {{ now: Date, treatments: Treatment[], effects: Entry[], checkins: Entry[], rest: string | null }} known
 *   `rest`: from the end of a session, until when one takes it slowly
 * @returns {"acute" | "next-day" | "check-in" | null}
 */
export function oneThing({ now, treatments, effects, checkins, rest }) {
  if (rest) return effects.some((entry) => isOfRest(entry, rest)) ? null : "acute";
  const last = begun(treatments, now).at(-1);
  if (last && endOf(last) > now) return null;
  if (last && isNextDay(last, now) && !effects.some((entry) => isAboutNextDay(entry, last))) return "next-day";
  return checkins.some(({ day }) => day === today(now)) ? null : "check-in";
}

/** @param {Entry} entry @param {string} until */
function isOfRest({ heads: [{ body, felt_at }] }, until) {
  return body?.window === "acute" && Date.parse(until) - Date.parse(felt_at) < REST_HOURS * HOUR;
}

/** @param {Entry} entry @param {Treatment} last */
function isAboutNextDay({ heads: [{ body }] }, { record }) {
  return body?.treatment === record && body.window === "next-day";
}

/** @param {Treatment} last @param {Date} now */
function isNextDay({ at }, now) {
  return today(now) > dayOf(at) && now.getTime() - Date.parse(at) < NEXT_DAY_HOURS * HOUR;
}
