import { clock, dayOf, howLongAgo, nearDay, shortDay } from "../../elements/when.js";
import { say } from "../../elements/words.js";
import { today } from "../../store/days.js";
import { begun, endOf } from "./now.js";

/** @typedef {import("../parts/taken.js").Treatment} Treatment */
/** @typedef {{ phase: string, route: string, planned?: number, started: string }} Course */

/**
 * The posts of an induction, at their days; none in maintenance.
 * @param {Course | null} course
 * @param {Treatment[]} treatments
 * @param {Date} now
 */
export function postsOf(course, treatments, now) {
  const done = begun(treatments, now);
  return sessionsOf(course, treatments).map((treatment, at) => ({
    day: dayOf(treatment.at),
    number: treatment.number ?? at + 1,
    done: done.includes(treatment),
  }));
}

/**
 * Those that count for an induction: since it began, by its route, and no dose at home that was not planned. As in
 * pwa/domain/course.py.
 * @param {Course | null} course
 * @param {Treatment[]} treatments
 */
function sessionsOf(course, treatments) {
  if (course?.phase !== "induction") return [];
  return treatments.filter((one) => {
    const { at, route } = one.plan ?? one;
    return one.status !== "cancelled" && !one.unplanned && dayOf(at) >= course.started && route === course.route;
  });
}

/**
 * Where one is, in words: what was, and what comes next.
 * @param {Course | null} course
 * @param {Treatment[]} treatments
 * @param {Date} now
 */
export function placeOf(course, treatments, now) {
  const last = begun(sessionsOf(course, treatments), now).at(-1) ?? begun(treatments, now).at(-1);
  const next = treatments.find(({ status, at }) => status === "planned" && Date.parse(at) > now.getTime());
  return {
    was: last && endOf(last) > now ? say("is_now") : wasOf(course, treatments, last),
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
  const sessions = sessionsOf(course, treatments);
  const [at, of] = [sessions.indexOf(last), course?.planned];
  if (at < 0 || !of) return null;
  return { n: last.number ?? sessions.slice(0, at).filter(({ status }) => status === "given").length + 1, of };
}

/** @param {Treatment} next @param {Date} now */
const nextOf = ({ at }, now) => say("next", { day: nearDay(dayOf(at), today(now)), time: clock(at) });

/** What a person hears who does not see the posts. @param {import("../../elements/course.js").Post[]} posts */
export function drawnOf(posts) {
  const done = posts.filter((post) => post.done).length;
  const [first, last] = [posts[0], posts[posts.length - 1]].map(({ day }) => shortDay(day));
  return say("drawn", { n: posts.length, first, last, done: say("done", { n: done }) });
}
