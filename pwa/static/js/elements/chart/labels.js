import { svg } from "../svg.js";
import { apart, withRoom } from "./plane.js";

/** @import { Plane } from "./plane.js" */
/** @import { Series } from "./table.js" */

const MONTH = 31;
/** Pixels that the longest name of a month needs. */
const NAME = 72;

/** @param {number} n @param {"short" | "long"} length */
const month = (n, length) =>
  new Intl.DateTimeFormat(document.documentElement.lang, { month: length, timeZone: "UTC" }).format(n * 864e5);

/** @param {number} n */
const date = (n) => new Date(n * 864e5).getUTCDate();

/**
 * Days under the neatline: the treatments' own first, or the months when there are many days.
 * @param {Plane} sheet
 * @param {number[]} treated
 */
export function dates(sheet, treated) {
  return sheet.last - sheet.first > MONTH ? months(sheet) : days(sheet, treated);
}

/** @param {Plane} sheet @param {number[]} treated */
function days(sheet, treated) {
  const shown = withRoom([...treated.toReversed(), sheet.first, sheet.last], sheet, 24);
  return shown.flatMap((n, at) => {
    const turns = at === 0 || month(n, "long") !== month(shown[at - 1], "long");
    const anchor = sheet.right - sheet.x(n) < NAME ? "end" : "start";
    return [under(sheet, n, String(date(n)), 27), ...(turns ? [under(sheet, n, month(n, "long"), 43, anchor)] : [])];
  });
}

/** @param {Plane} sheet */
function months(sheet) {
  const all = Array.from({ length: sheet.last - sheet.first + 1 }, (_, at) => sheet.first + at);
  return withRoom(
    all.filter((n) => date(n) === 1),
    sheet,
    34,
  ).map((n) => under(sheet, n, month(n, "short"), 27));
}

/**
 * @param {Plane} sheet
 * @param {number} n
 * @param {string} text
 * @param {number} below
 */
export function under(sheet, n, text, below, anchor = "middle") {
  const x = sheet.x(n) + ({ start: -8, end: 8 }[anchor] ?? 0);
  return svg("text", { x, y: sheet.bottom + below, "text-anchor": anchor }, text);
}

/**
 * The name of each line at its own end, so that nobody has to tell them by colour.
 * @param {Plane} sheet
 * @param {Series[]} series
 * @param {boolean} figures the last value beside the name
 */
export function names(sheet, series, figures) {
  const ends = series
    .filter(({ points }) => points.length)
    .map(({ id, label, points }) => {
      const { n, value } = points[points.length - 1];
      return { id, text: figures ? `${label} ${value}` : label, x: sheet.x(n) + 9, y: sheet.y(value) + 4 };
    });
  return apart(ends).map(({ id, text, x, y }) => svg("text", { class: `t ${id}`, x, y }, text));
}

/** Pixels that a label of the lines' ends needs. @param {Series[]} series @param {boolean} figures */
export function roomFor(series, figures) {
  const longest = Math.max(0, ...series.map(({ label }) => label.length));
  return 16 + 7.2 * (longest + (figures ? 3 : 0));
}
