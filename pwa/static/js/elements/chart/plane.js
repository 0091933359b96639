import { round } from "../svg.js";

/**
 * Where a day and a figure stand on the sheet, in CSS pixels.
 * @typedef {{ first: number, last: number, left: number, right: number, top: number, bottom: number, step: number,
 *   x: (n: number) => number, y: (value: number, most?: number) => number }} Plane
 */

/**
 * @param {{ first: number, last: number, left: number, right: number, top: number, bottom: number }} edges
 * @returns {Plane}
 */
export function plane(edges) {
  const { first, last, left, right, top, bottom } = edges;
  const step = (right - left) / Math.max(1, last - first);
  return {
    ...edges,
    step,
    x: (n) => round(left + (n - first) * step),
    y: (value, most = 10) => round(bottom - (Math.min(value, most) / most) * (bottom - top)),
  };
}

/**
 * Stretches of days that follow each other. A gap is a day with no entry, and no line bridges it.
 * @template {{ n: number }} T
 * @param {T[]} points in order
 * @returns {T[][]}
 */
export function stretches(points) {
  /** @type {T[][]} */
  const found = [];
  for (const point of points) {
    const open = found.at(-1);
    if (open && open[open.length - 1].n === point.n - 1) open.push(point);
    else found.push([point]);
  }
  return found;
}

/**
 * Those that have room beside each other; the earlier in the list wins.
 * @param {number[]} wanted days, the most wanted first
 * @param {Plane} sheet
 * @param {number} room pixels between two
 */
export function withRoom(wanted, sheet, room) {
  /** @type {number[]} */
  const kept = [];
  for (const n of wanted) {
    if (n >= sheet.first && n <= sheet.last && kept.every((other) => Math.abs(other - n) * sheet.step >= room))
      kept.push(n);
  }
  return kept.sort((a, b) => a - b);
}

/**
 * Moves labels apart downwards, so that each keeps a line of its own.
 * @template {{ y: number }} T
 * @param {T[]} labels
 * @returns {T[]}
 */
export function apart(labels, line = 14) {
  let free = -Infinity;
  return [...labels]
    .sort((a, b) => a.y - b.y)
    .map((label) => {
      const y = Math.max(label.y, free);
      free = y + line;
      return { ...label, y };
    });
}
