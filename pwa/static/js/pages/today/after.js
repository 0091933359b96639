import { clock, dayOf, howLongAgo } from "../../elements/when.js";
import { say } from "../../elements/words.js";
import { today } from "../../store/days.js";
import { begun, dayBefore, dayOfSession } from "./now.js";
import { numbered } from "./place.js";

/** @typedef {import("../parts/taken.js").Treatment} Treatment */
/** @typedef {{ from: string | null, until: string }} Rest  `from`: when it was said by hand, or the session ended */

const HOUR = 3_600_000;
/** Hours in which one has just had a session. */
const JUST = 4;

/**
 * The session after which one rests, where it is known.
 * @param {Treatment[]} treatments
 * @param {Rest | null} rest
 * @param {Date} now
 */
export function restedOf(treatments, rest, now) {
  const last = begun(treatments, now).at(-1);
  return last && rest && dayOfSession(last) === dayBefore(rest) ? last : undefined;
}

/**
 * What was, in the words of somebody who rests; nothing if no session is known.
 * @param {import("./place.js").Course | null} course
 * @param {Treatment[]} treatments
 * @param {Rest} rest
 * @param {Date} now
 */
export function wasJust(course, treatments, rest, now) {
  const last = restedOf(treatments, rest, now);
  if (!last) return isJust(rest, now) ? say("just_tapped") : "";
  const place = numbered(course, treatments, last);
  const when = { day: howLongAgo(dayOf(last.at), today(now)), time: clock(last.at) };
  return say(place ? "just_numbered" : "just_plain", { ...place, ...when });
}

/** @param {Rest} rest @param {Date} now */
const isJust = ({ from }, now) => now.getTime() - Date.parse(from ?? "") < JUST * HOUR;
