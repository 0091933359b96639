import { clock, dayOf, howLongAgo, nearDay, shortDay } from "../../elements/when.js";
import { say } from "../../elements/words.js";
import { today } from "../../store/days.js";
import { begun } from "./now.js";

/** @typedef {import("./now.js").Treatment} Treatment */
/** @typedef {{ phase: string, planned?: number, started: string }} Course */

/**
 * The posts of an induction, at their days; none in maintenance.
 * @param {Course | null} course
 * @param {Treatment[]} treatments
 * @param {Date} now
 */
export function postsOf(course, treatments, now) {
  if (course?.phase !== "induction") return [];
  const done = begun(treatments, now);
  return ofCourse(course, treatments).map((treatment, at) => ({
    day: dayOf(treatment.at),
    number: treatment.number ?? at + 1,
    done: done.includes(treatment),
  }));
}

/** @param {Course | null} course @param {Treatment[]} treatments */
function ofCourse(course, treatments) {
  return treatments.filter(({ status, at }) => status !== "cancelled" && (!course || dayOf(at) >= course.started));
}

/**
 * Where one is, in words: what was, and what comes next.
 * @param {Course | null} course
 * @param {Treatment[]} treatments
 * @param {Date} now
 */
export function placeOf(course, treatments, now) {
  const last = begun(treatments, now).at(-1);
  const next = treatments.find(({ status, at }) => status === "planned" && Date.parse(at) > now.getTime());
  return {
    was: wasOf(course, treatments, last),
    next: next ? nextOf(next, now) : say("no_next"),
    known: !!(last || next),
  };
}

/** @param {Course | null} course @param {Treatment[]} treatments @param {Treatment | undefined} last */
function wasOf(course, treatments, last) {
  if (!last) return say("was_none");
  const place = numbered(course, treatments, last);
  return say(place ? "was_numbered" : "was_plain", { ...place, day: howLongAgo(dayOf(last.at)) });
}

/** "3 of 6", where a course counts. @param {Course | null} course @param {Treatment[]} treatments @param {Treatment} last */
export function numbered(course, treatments, last) {
  if (course?.phase !== "induction") return null;
  const of = last.of ?? course.planned;
  const n = last.number ?? ofCourse(course, treatments).indexOf(last) + 1;
  return of && n > 0 ? { n, of } : null;
}

/** @param {Treatment} next @param {Date} now */
const nextOf = ({ at }, now) => say("next", { day: nearDay(dayOf(at), today(now)), time: clock(at) });

/** What a person hears who does not see the posts. @param {import("../../elements/course.js").Post[]} posts */
export function drawnOf(posts) {
  const done = posts.filter((post) => post.done).length;
  const [first, last] = [posts[0], posts[posts.length - 1]].map(({ day }) => shortDay(day));
  return say("drawn", { n: posts.length, first, last, done: say("done", { n: done }) });
}
