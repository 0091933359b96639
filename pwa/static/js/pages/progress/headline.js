import { daysBetween, today } from "../../store/days.js";
import { shortDay } from "../../elements/when.js";
import { say } from "../../elements/words.js";

/** @typedef {import("../../store/types.js").Entry} Entry */

const WEEK = 7;
const LONG = 60; // days after which "when you began" needs its date

/**
 * What was said, in plain words: where mood began and where it was this week. No trend is hidden, none is promised.
 * @param {Entry[]} checkins the newest first
 */
export function headline(checkins) {
  const moods = checkins
    .map(({ day, heads: [{ body }] }) => ({ day, mood: body?.mood }))
    .filter(({ mood }) => mood !== undefined);
  const first = moods.at(-1);
  if (!first) return say(checkins.length ? "week_blank" : "none");
  const away = daysBetween(first.day, today());
  const week = moods.filter(({ day }) => daysBetween(day, today()) < WEEK).map(({ mood }) => mood);
  if (away < WEEK) return [weekOf(week), say("up_and_down")].join(" ");
  const began =
    away > LONG ? say("began_on", { n: first.mood, day: shortDay(first.day) }) : say("began", { n: first.mood });
  return [began, weekOf(week), say("up_and_down")].join(" ");
}

/** @param {number[]} moods */
function weekOf(moods) {
  const [a, b] = [Math.min(...moods), Math.max(...moods)];
  if (!moods.length) return say("week_blank");
  if (a === b) return say("week_one", { n: a });
  return say(b - a === 1 ? "week_two" : "week_span", { a, b });
}
