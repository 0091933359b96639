/**
 * What a chart's table says.
 *
 * Head: `<th data-series="mood|anxiety|energy|sleep|treatment|cycle">` names what stands in a column; other columns
 * are not drawn. Body: `<tr data-day="2026-11-20">`, or a plain number of days; a cell's figure is its `data-value`, or
 * else its text. A cell of the treatment column carries `data-route="IV"`, `data-planned` if it lies ahead, and
 * `data-label` for what stands above the tag, such as its dose. Of several rows of a day the first figure is drawn; a
 * row with `data-late` was written later than it was felt. Inside a column of marks each `[data-lane]` stands in its
 * lane, as its `data-look` says or by its own `data-figures`; the column's head names the lanes, in their order.
 *
 * @typedef {{ route: string, label: string, planned: boolean }} Post
 * @typedef {{ n: number, value: number, late?: boolean }} Point
 * @typedef {{ id: string, label: string, points: Point[] }} Series
 * @typedef {{ n: number, post: Post }} Standing
 * @typedef {{ n: number, look: string, figures: string }} Mark
 * @typedef {{ id: string, label: string, marks: Mark[] }} Lane
 * @typedef {{ title: string, series: Series[], posts: Standing[], lanes: Lane[], days: number[] }} Table
 */

/**
 * @param {HTMLTableElement} table
 * @returns {Table} points in order of their days
 */
export function readTable(table) {
  const rows = [...table.tBodies].flatMap((body) => [...body.rows]).filter((row) => row.dataset.day);
  const heads = [...(table.tHead?.rows[0]?.cells ?? [])];
  const columns = heads.map((head, at) => ({ at, id: head.dataset.series ?? "", label: words(head) }));
  const drawn = columns.filter(({ id }) => id && id !== "treatment" && id !== "marks");
  return {
    title: heads[0] ? words(heads[0]) : "",
    series: drawn.map(({ at, id, label }) => ({ id, label, points: pointsIn(rows, at) })),
    posts: postsIn(rows, columns.find(({ id }) => id === "treatment")?.at),
    lanes: lanesIn(
      rows,
      heads.find((head) => head.dataset.series === "marks"),
    ),
    days: rows.map(dayOf).sort((a, b) => a - b),
  };
}

/**
 * A civil day as a count of days, or the plain number itself.
 * @param {string} text
 */
export function dayNumber(text) {
  return text.includes("-") ? Date.parse(`${text}T00:00Z`) / 864e5 : Number(text);
}

/** @param {HTMLTableRowElement} row */
const dayOf = (row) => dayNumber(row.dataset.day ?? "");

/** The cell of each column: one may span several. @param {HTMLTableRowElement} row */
const cellsOf = (row) => [...row.cells].flatMap((cell) => Array.from({ length: cell.colSpan }, () => cell));

/** @param {HTMLElement} cell */
const words = (cell) => cell.dataset.label ?? cell.textContent?.trim() ?? "";

/** @param {HTMLTableRowElement[]} rows @param {number} at @returns {Point[]} */
function pointsIn(rows, at) {
  /** @type {Map<number, Point>} */
  const found = new Map();
  for (const row of rows) {
    const [n, value, late] = [dayOf(row), figure(cellsOf(row)[at]), row.dataset.late !== undefined];
    if (value !== null && !found.has(n)) found.set(n, { n, value, late });
  }
  return [...found.values()].sort((a, b) => a.n - b.n);
}

/** @param {HTMLElement | undefined} cell */
function figure(cell) {
  const text = cell?.dataset.value ?? cell?.textContent?.trim() ?? "";
  const value = Number(text.replace(",", "."));
  return text === "" || Number.isNaN(value) ? null : value;
}

/** @param {HTMLTableRowElement[]} rows @param {number | undefined} at @returns {Standing[]} */
function postsIn(rows, at) {
  if (at === undefined) return [];
  return rows
    .map((row) => ({ n: dayOf(row), cell: cellsOf(row)[at] }))
    .filter(({ cell }) => cell?.dataset.route)
    .map(({ n, cell }) => ({ n, post: postOf(/** @type {HTMLElement} */ (cell)) }))
    .sort((a, b) => a.n - b.n);
}

/** @param {HTMLElement} cell @returns {Post} */
function postOf({ dataset }) {
  return { route: dataset.route ?? "", label: dataset.label ?? "", planned: dataset.planned !== undefined };
}

/** Only those in which something stands. @param {HTMLTableRowElement[]} rows @param {HTMLElement} [head] @returns {Lane[]} */
function lanesIn(rows, head) {
  const named = Object.entries(head?.dataset ?? {}).filter(([id]) => id !== "series");
  return named
    .map(([id, label = ""]) => ({
      id,
      label,
      marks: rows.flatMap((row) => marksIn(row, id)).sort((a, b) => a.n - b.n),
    }))
    .filter(({ marks }) => marks.length);
}

/** @param {HTMLTableRowElement} row @param {string} lane @returns {Mark[]} */
function marksIn(row, lane) {
  const marks = row.querySelectorAll(`[data-lane="${lane}"]`);
  return [...marks].map((mark) => {
    const { look = "", figures = "" } = /** @type {HTMLElement} */ (mark).dataset;
    return { n: dayOf(row), look, figures };
  });
}
