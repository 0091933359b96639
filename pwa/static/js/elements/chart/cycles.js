import { svg } from "../svg.js";
import { under } from "./labels.js";
import { grid, line, neatline, scale } from "./parts.js";
import { apart, plane, withRoom } from "./plane.js";

/** @import { Plane } from "./plane.js" */
/** @import { Series, Table } from "./table.js" */

/**
 * Cycles laid over each other: days since the treatment along the neatline, one line a cycle, the older the paler.
 * @param {Table} table the oldest cycle in the first column
 * @param {number} width
 * @returns {SVGElement[]}
 */
export function drawCycles(table, width) {
  const last = Math.max(1, ...table.days);
  const longest = Math.max(...table.series.map(({ label }) => label.length), 1);
  const sheet = plane({ first: 0, last, left: 24, right: width - 16 - 7.2 * longest, top: 16, bottom: 178 });
  const height = sheet.bottom + 50;
  const drawn = svg(
    "svg",
    { class: "chart", viewBox: `0 0 ${width} ${height}`, width, height },
    ...grid(sheet),
    ...scale(sheet),
    ...table.series.map((one, at) => {
      const look = { class: "cycle", opacity: paleness(table.series.length - 1 - at) };
      return svg("g", look, ...line(sheet, { ...one, id: "mood" }));
    }),
    ...names(sheet, table.series),
    ...neatline(sheet, 1),
    ...count(sheet, table.title),
  );
  return [drawn];
}

/** @param {number} age 0 is the newest */
const paleness = (age) => Math.max(0.22, 1 - age * 0.3).toFixed(2);

/** @param {Plane} sheet @param {string} title */
function count(sheet, title) {
  const all = Array.from({ length: sheet.last + 1 }, (_, n) => n);
  const weeks = all.filter((n) => n % 7 === 0);
  const shown = withRoom([...weeks, ...all], sheet, 26);
  return [
    ...shown.map((n) => under(sheet, n, String(n), 27)),
    svg("text", { x: sheet.left - 8, y: sheet.bottom + 44 }, title),
  ];
}

/** @param {Plane} sheet @param {Series[]} cycles */
function names(sheet, cycles) {
  const ends = cycles
    .filter(({ points }) => points.length)
    .map(({ label, points }, at, { length }) => {
      const { n, value } = points[points.length - 1];
      return { label, x: sheet.x(n) + 8, y: sheet.y(value) + 4, look: at === length - 1 ? "t mood" : "" };
    });
  return apart(ends, 12).map(({ label, x, y, look }) => svg("text", { class: look, x, y }, label));
}
