import { round, svg } from "../svg.js";
import { stretches, withRoom } from "./plane.js";

/** @import { Plane } from "./plane.js" */
/** @import { Point, Series, Standing } from "./table.js" */

const CLOSE = 7; // pixels a day below which dots would touch

const LEVELS = [0, 5, 10];

/** @param {Plane} sheet */
export const grid = (sheet) =>
  LEVELS.map((value) => svg("path", { class: "grid", d: `M${sheet.left} ${sheet.y(value)}H${sheet.right}` }));

/** @param {Plane} sheet @param {number[]} [levels] @param {number} [most] */
export const scale = (sheet, levels = LEVELS, most = 10) =>
  levels.map((value) => {
    const at = { x: sheet.left - 8, y: sheet.y(value, most) + 4, "text-anchor": "end" };
    return svg("text", at, String(value));
  });

/** @param {Plane} sheet @param {number} [unit] days in a cell */
export function neatline(sheet, unit = unitOf(sheet)) {
  const cells = Math.ceil((sheet.last - sheet.first) / unit);
  return Array.from({ length: cells }, (_, at) => {
    const x = sheet.x(sheet.first + at * unit);
    const end = sheet.x(Math.min(sheet.last, sheet.first + (at + 1) * unit));
    const look = at % 2 ? "neat-b" : "neat-a";
    return svg("rect", { class: look, x, y: sheet.bottom + 6, width: round(end - x), height: 5 });
  });
}

/** @param {Plane} sheet */
function unitOf({ step }) {
  return step >= 4 ? 1 : step * 7 >= 4 ? 7 : 30;
}

/** The level of the water under a line. @param {Plane} sheet @param {Series} series */
export function water(sheet, { id, points }) {
  return stretches(points)
    .filter((run) => run.length > 1)
    .map((run) => {
      const ends = [run[0], run[run.length - 1]].map(({ n }) => sheet.x(n));
      return svg("path", { class: `fill ${id}`, d: `${route(sheet, run)}V${sheet.bottom}H${ends[0]}Z` });
    });
}

/** @param {Plane} sheet @param {Series} series */
export function line(sheet, { id, points }) {
  const runs = stretches(points);
  const paths = runs
    .filter((run) => run.length > 1)
    .map((run) => svg("path", { class: `l ${id}`, d: route(sheet, run) }));
  const alone = runs.filter((run) => run.length === 1).flat();
  const dotted =
    id === "mood" && sheet.step >= CLOSE ? points : points.filter((one) => one.late || alone.includes(one));
  const r = id === "mood" ? (sheet.step >= CLOSE ? 4.5 : 3) : 2.5;
  return [
    ...paths,
    ...dotted.map(({ n, value, late }) =>
      svg("circle", { class: `d ${id}${late ? " late" : ""}`, cx: sheet.x(n), cy: sheet.y(value), r }),
    ),
  ];
}

/** @param {Plane} sheet @param {Point[]} run */
const route = (sheet, run) => "M" + run.map(({ n, value }) => `${sheet.x(n)} ${sheet.y(value)}`).join(" L");

/**
 * Treatments: upright posts with the route's two letters. Where posts stand too close, a knob replaces the tag.
 * @param {Plane} sheet
 * @param {Standing[]} posts
 * @param {number} tagTop
 */
export function posts(sheet, posts, tagTop) {
  const latestFirst = [...posts].reverse().map(({ n }) => n);
  const tagged = withRoom(latestFirst, sheet, 27);
  const named = withRoom(latestFirst, sheet, 68);
  return posts.flatMap(({ n, post }) => {
    const x = sheet.x(n);
    const look = post.planned ? "post ahead" : "post";
    const stem = svg("path", { class: look, d: `M${x} ${tagTop + 22}V${sheet.bottom}` });
    if (!tagged.includes(n)) return [stem, svg("circle", { class: `knob ${look}`, cx: x, cy: tagTop + 18, r: 3.5 })];
    return [stem, ...tag(x, tagTop, post), ...(named.includes(n) ? above(x, tagTop, post) : [])];
  });
}

/** @param {number} x @param {number} top @param {Standing["post"]} post */
function tag(x, top, { route, planned }) {
  const look = planned ? "tag ahead" : "tag";
  return [
    svg("rect", { class: look, x: x - 12, y: top, width: 24, height: 22, rx: 6 }),
    svg("text", { class: planned ? "tag-t ahead" : "tag-t", x, y: top + 15, "text-anchor": "middle" }, route),
  ];
}

/** @param {number} x @param {number} top @param {Standing["post"]} post */
function above(x, top, { label, planned }) {
  if (!label) return [];
  const atTheEdge = x < 30; // there half of it would be cut off
  const at = atTheEdge ? { x: x - 12, "text-anchor": "start" } : { x, "text-anchor": "middle" };
  return [svg("text", { class: planned ? "" : "strong", ...at, y: top - 9 }, label)];
}
