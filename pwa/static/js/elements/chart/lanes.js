import { svg } from "../svg.js";
import { withRoom } from "./plane.js";

/** @import { Plane } from "./plane.js" */
/** @import { Lane, Mark } from "./table.js" */

/** Pixels of a lane: its name, and its marks below. */
export const LANE = 44;
const [NAME, MARKS] = [12, 26];
const WIDE_ENOUGH = 46; // pixels that figures need
const BELOW = 12; // pixels from figures to a dot under them

/**
 * What else happened, a lane for each kind, named where one looks first.
 * @param {Plane} sheet
 * @param {Lane[]} lanes
 * @param {number} top
 * @param {boolean} long
 */
export function drawLanes(sheet, lanes, top, long) {
  return lanes.map(({ id, label, marks }, at) => {
    const y = top + at * LANE;
    const name = { x: long ? sheet.right : sheet.left, y: y + NAME, "text-anchor": long ? "end" : "start" };
    return svg("g", { class: `lane ${id}` }, svg("text", name, label), ...drawMarks(sheet, marks, y + MARKS));
  });
}

/** Where figures stand too close a dot below replaces them, the earlier's first. @param {Plane} sheet @param {Mark[]} marks @param {number} y */
function drawMarks(sheet, marks, y) {
  const roomy = withRoom(
    marks
      .filter(({ figures }) => figures)
      .map(({ n }) => n)
      .reverse(),
    sheet,
    WIDE_ENOUGH,
  );
  return marks.map((mark) => {
    const { n, look, figures } = mark;
    const isLast = marks.findLast((one) => one.n === n) === mark;
    if (figures && isLast && roomy.includes(n))
      return svg("text", { class: "strong", x: sheet.x(n), y: y + 4, "text-anchor": "middle" }, figures);
    const at = figures ? y + BELOW : y;
    return svg("path", { class: look, d: SHAPES[look] ?? SHAPES.dot, transform: `translate(${sheet.x(n)} ${at})` });
  });
}

/** Around 0 0. Filled, open and crossed differ in shape too, so that paper without colour says the same. */
const BOX = "M-5 -5H5V5H-5Z";
/** @type {Record<string, string>} */
const SHAPES = {
  dot: "M-3.5 0A3.5 3.5 0 1 0 3.5 0A3.5 3.5 0 1 0 -3.5 0Z",
  urgent: "M0 -6.5L6.5 0L0 6.5L-6.5 0Z",
  high: "M0 -6L6 5.5H-6Z",
  watch: "M-5 0A5 5 0 1 0 5 0A5 5 0 1 0 -5 0Z",
  answered: BOX,
  due: BOX,
  missed: `${BOX}M-5 -5L5 5M5 -5L-5 5`,
  n1: "M-9 0H9V5H-9Z",
  n2: "M-9 -3H9V5H-9Z",
  n3: "M-9 -7H9V5H-9Z",
};
