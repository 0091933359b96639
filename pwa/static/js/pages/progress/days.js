import { addDays, daysBetween, today } from "../../store/days.js";
import { dayOf } from "../../elements/when.js";

/** @typedef {import("../../store/types.js").Entry} Entry */
/** @typedef {{ record: string, at: string, status: string, route: string, number?: number }} Treatment */
/** @typedef {{ day: string, time: string, mood?: number, anxiety?: number, energy?: number, sleep?: number }} Logged */
/** @typedef {{ day: string, logged: Logged[], treatment?: Treatment }} Day */

const MOST = 28; // days that a cycle is followed

/**
 * Every day from the first to the last, the newest first, each with its check-ins, the last one first. Of days that
 * have not come only those with a session.
 * @param {Entry[]} checkins the newest first
 * @param {Treatment[]} treatments
 * @param {{ from: string, until: string }} span
 * @returns {Day[]}
 */
export function daysIn(checkins, treatments, { from, until }, now = today()) {
  /** @type {Map<string, Logged[]>} */
  const logged = new Map();
  for (const one of checkins.map(loggedIn)) logged.set(one.day, [...(logged.get(one.day) ?? []), one]);
  const treated = new Map(treatments.filter(({ status }) => status !== "cancelled").map((one) => [dayOf(one.at), one]));
  const days = Array.from({ length: daysBetween(from, until) + 1 }, (_, back) => addDays(until, -back));
  return days
    .map((day) => ({ day, logged: logged.get(day) ?? [], treatment: treated.get(day) }))
    .filter(({ day, logged, treatment }) => day <= now || treatment || logged.length);
}

/** @param {Entry} entry @returns {Logged} */
function loggedIn({ day, heads: [{ body, felt_at }] }) {
  const { mood, anxiety, energy, sleep } = body ?? {};
  return { day, time: felt_at, mood, anxiety, energy, sleep };
}

/**
 * The stretch that is drawn: so many days, and the next session if it is near.
 * @param {number} count
 * @param {Treatment[]} treatments
 * @param {string} first the first day of which anything is known
 */
export function spanOf(count, treatments, first) {
  const now = today();
  const ahead = treatments.filter(({ status }) => status === "planned").map(({ at }) => dayOf(at));
  const next = ahead.find((day) => day > now && daysBetween(now, day) <= Math.max(3, count / 12));
  const until = next ?? now;
  const from = addDays(until, 1 - count);
  return { from: from < first && count > 14 ? first : from, until };
}

/**
 * The mood of each cycle, by days since its treatment, the oldest cycle first.
 * @param {Entry[]} checkins the newest first
 * @param {Treatment[]} given in order
 * @param {number} most cycles
 */
export function cyclesOf(checkins, given, most, now = today()) {
  /** @type {Map<string, number | undefined>} the last of each day */
  const moods = new Map();
  for (const { day, mood } of checkins.map(loggedIn)) if (mood !== undefined && !moods.has(day)) moods.set(day, mood);
  const cycles = given.map((treatment, at) => {
    const from = dayOf(treatment.at);
    const next = given[at + 1] ? dayOf(given[at + 1].at) : addDays(now, 1);
    const count = Math.min(MOST + 1, Math.max(1, daysBetween(from, next)));
    return { treatment, moods: Array.from({ length: count }, (_, n) => moods.get(addDays(from, n))) };
  });
  return cycles.filter(({ moods }) => moods.some((mood) => mood !== undefined)).slice(-most);
}
