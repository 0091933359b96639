import { addDays, daysBetween } from "../store/days.js";
import { round, svg } from "./svg.js";

/** @typedef {{ day: string, number: number, done: boolean }} Post */

const WIDE = 390;
const EDGE = 36;
const ROOM = 27; // a head's own width

/**
 * A course as posts in the water, at their real dates. It shows place, not achievement.
 * @param {Post[]} posts in order, at least one
 * @param {string} today
 * @param {{ flag: string, about: string }} words
 */
export function posts(posts, today, { flag, about }) {
  const [from, until] = span(posts, today);
  const days = Math.max(1, daysBetween(from, until));
  /** @param {string} day */
  const x = (day) => round(EDGE + (daysBetween(from, day) * (WIDE - 2 * EDGE)) / days);
  const at = posts.map(({ day }) => x(day));
  return svg(
    "svg",
    { viewBox: `0 0 ${WIDE} 116`, role: "img", "aria-label": about },
    ...posts.map((post, n) =>
      standing(at[n], post, Math.min(at[n] - (at[n - 1] ?? -WIDE), (at[n + 1] ?? 2 * WIDE) - at[n])),
    ),
    ...sea(65.4),
    ...neatline(days),
    ...(today >= from && today <= until ? flagAt(x(today), flag) : []),
    ...dates(posts, x),
  );
}

/** The water alone, for a person who is not in a course of numbered sessions. */
export function water() {
  const waves = sea(12).map((wave) => /** @type {SVGElement} */ (wave));
  return svg("svg", { viewBox: `0 0 ${WIDE} 46`, "aria-hidden": "true" }, ...waves);
}

/** The days on the neatline: the course, and today if it is near. @param {Post[]} posts @param {string} today */
function span(posts, today) {
  const [first, last] = [posts[0].day, posts[posts.length - 1].day];
  const from = today < first && daysBetween(today, first) <= 10 ? today : first;
  const until = today > last && daysBetween(last, today) <= 10 ? today : last;
  return [from, until === from ? addDays(from, 1) : until];
}

/** @param {number} x @param {Post} post @param {number} near pixels to its nearest neighbour */
function standing(x, { number, done }, near) {
  const r = Math.max(7, Math.min(13, near / 2 - 1));
  return svg(
    "g",
    { class: done ? "done" : "ahead" },
    svg("path", { class: "stem", d: `M${x} ${18 + r}V84` }),
    svg("circle", { class: "head", cx: x, cy: 18, r }),
    ...(r > 9 ? [svg("text", { x, y: 22.3 }, String(number))] : []),
  );
}

/** @param {number} top */
function sea(top) {
  return [
    svg("path", { class: "sea-b", d: wave(top + 3.6, 126, 0.25) }),
    svg("path", { class: "sea-a", d: wave(top + 9.6, 95.5, 0) }),
  ];
}

/** @param {number} level @param {number} length @param {number} turn part of a wave by which it begins later */
function wave(level, length, turn) {
  const points = Array.from({ length: 40 }, (_, at) => {
    const x = (at * WIDE) / 39;
    return `${round(x)} ${round(level - 3.6 * Math.sin(2 * Math.PI * (x / length + turn)))}`;
  });
  return `M${points.join(" ")} V116 H0Z`;
}

/** @param {number} days */
function neatline(days) {
  const unit = days > 60 ? 7 : 1;
  const wide = ((WIDE - 2 * EDGE) * unit) / days;
  return Array.from({ length: Math.ceil(days / unit) }, (_, at) => {
    const x = EDGE + at * wide;
    const width = round(Math.min(wide, WIDE - EDGE - x));
    return svg("rect", { class: at % 2 ? "neat-b" : "neat-a", x: round(x), y: 88, width, height: 5 });
  });
}

/** @param {number} x @param {string} word */
function flagAt(x, word) {
  const left = x > WIDE - 90;
  const [side, out] = left ? [-1, x - 12] : [1, x + 12];
  return [
    svg("path", { class: "now-l", d: `M${x} 44V93` }),
    svg("path", { class: "now-f", d: `M${x} 44h${9 * side}l${-3 * side} 4.5 ${3 * side} 4.5h${-9 * side}z` }),
    svg("text", { class: left ? "now-t before" : "now-t", x: out, y: 52.5 }, word),
  ];
}

/** @param {Post[]} posts @param {(day: string) => number} x */
function dates(posts, x) {
  let free = -Infinity;
  return posts.flatMap(({ day }) => {
    if (x(day) < free) return [];
    free = x(day) + ROOM - 5;
    return [svg("text", { class: "day", x: x(day), y: 110 }, String(Number(day.slice(8))))];
  });
}
