import { svg } from "../svg.js";
import { dates, names, roomFor } from "./labels.js";
import { LANE, drawLanes } from "./lanes.js";
import { grid, line, neatline, posts, scale, water } from "./parts.js";
import { plane } from "./plane.js";

/** @import { Plane } from "./plane.js" */
/** @import { Series, Standing, Table } from "./table.js" */

const NARROWEST_DAY = 2.6; // pixels: a year then scrolls in its own box instead of becoming a smear
const WIDE = 640;
const DENSE = 4; // pixels a day below which lines are thinner
const GUTTER = 24; // the scale at the left
const [PLAIN, LABELLED] = [8, 26]; // above the tags
const NIGHT = 12; // hours at the top of the sleep strip

/**
 * One sheet: days along the neatline, figures from 0 to 10, treatments as posts, sleep as bars below.
 * @param {Table} table
 * @param {{ first: number, last: number, width: number, height?: number }} frame
 * @returns {SVGElement[]} the scale, which stays when a long sheet is scrolled, and the sheet
 */
export function drawDays(table, { first, last, width, height = 0 }) {
  const { series, posts, lanes } = cut(table, first, last);
  const lines = series.filter(({ id }) => id !== "sleep");
  const sleep = series.find(({ id, points }) => id === "sleep" && points.length);
  const tagTop = posts.some(({ post }) => post.label) ? LABELLED : PLAIN;
  const whole = Math.max(width - GUTTER, (last - first) * NARROWEST_DAY);
  const sheet = laid(lines, { first, last, whole, top: tagTop + 36, height });
  const [isLong, top] = [whole > width, sheet.bottom + (sleep ? 124 : 54)];
  const bottom = lanes.length ? top + lanes.length * LANE : top - (sleep ? 8 : 4);
  const drawn = [
    ...days(sheet, lines, posts, tagTop),
    ...(sleep ? nights(strip(sheet), sleep, isLong) : []),
    ...drawLanes(sheet, lanes, top, isLong),
  ];
  const marks = [...scale({ ...sheet, left: GUTTER }), ...(sleep ? hours({ ...strip(sheet), left: GUTTER }) : [])];
  const look = sheet.step < DENSE ? "chart dense" : "chart";
  return [
    svg("svg", { class: "chart scale", width: GUTTER, height: bottom }, ...marks),
    svg("svg", { class: look, viewBox: `0 0 ${whole} ${bottom}`, width: whole, height: bottom }, ...drawn),
  ];
}

/** @param {Plane} sheet @param {Series[]} lines @param {Standing[]} standing @param {number} tagTop */
function days(sheet, lines, standing, tagTop) {
  const treated = standing.map(({ n }) => n);
  return [
    ...grid(sheet),
    ...lines.filter(({ id }) => id === "mood").flatMap((one) => water(sheet, one)),
    ...posts(sheet, standing, tagTop),
    ...lines.toReversed().flatMap((one) => line(sheet, one)),
    ...names(sheet, lines, sheet.right >= WIDE),
    ...neatline(sheet),
    ...dates(sheet, treated),
  ];
}

/** @param {Table} table @param {number} first @param {number} last @returns {Table} */
function cut(table, first, last) {
  /** @param {{ n: number }} one */
  const inside = ({ n }) => n >= first && n <= last;
  const series = table.series.map((one) => ({ ...one, points: one.points.filter(inside) }));
  const lanes = table.lanes.map((lane) => ({ ...lane, marks: lane.marks.filter(inside) }));
  return { ...table, series, posts: table.posts.filter(inside), lanes: lanes.filter(({ marks }) => marks.length) };
}

/**
 * Room at the right for the lines' names, unless the days ahead leave it anyway.
 * @param {Series[]} lines
 * @param {{ first: number, last: number, whole: number, top: number, height: number }} frame
 */
function laid(lines, { first, last, whole, top, height }) {
  const end = Math.max(first, ...lines.map(({ points }) => points.at(-1)?.n ?? first));
  const named = roomFor(lines, whole >= WIDE);
  const free = ((whole - 36) * (last - end)) / Math.max(1, last - first);
  const right = Math.round(whole - Math.max(14, free >= named ? 14 : named));
  return plane({ first, last, left: 8, right, top, bottom: top + (height || (whole >= WIDE ? 190 : 162)) });
}

/** Where the hours of sleep stand, below the days. @param {Plane} sheet */
const strip = (sheet) => plane({ ...sheet, top: sheet.bottom + 72, bottom: sheet.bottom + 112 });

/** @param {Plane} strip */
const hours = (strip) => scale(strip, [0, 8], NIGHT);

/**
 * Named where one looks first: a long sheet is scrolled to its end.
 * @param {Plane} strip
 * @param {Series} sleep
 * @param {boolean} long
 */
function nights(strip, { label, points }, long) {
  const wide = Math.max(1.5, Math.min(14, strip.step * 0.55));
  return [
    svg("text", { x: long ? strip.right : strip.left, y: strip.top - 6, "text-anchor": long ? "end" : "start" }, label),
    ...[0, 8].map((value) =>
      svg("path", { class: "grid", d: `M${strip.left} ${strip.y(value, NIGHT)}H${strip.right}` }),
    ),
    ...points.map(({ n, value }) => {
      const y = strip.y(value, NIGHT);
      const at = { x: strip.x(n) - wide / 2, y, width: wide, height: strip.bottom - y };
      return svg("rect", { class: "night", ...at, rx: 1.5 });
    }),
  ];
}
