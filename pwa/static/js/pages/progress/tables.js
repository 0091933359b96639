import { clock, dayOf, shortDay } from "../../elements/when.js";
import { say } from "../../elements/words.js";

/** @import { Day, Logged, Treatment } from "./days.js" */

const SERIES = ["mood", "anxiety", "sleep"];
const COLUMNS = /** @type {const} */ (["mood", "anxiety", "energy", "sleep"]);

/**
 * @param {string} tag
 * @param {Record<string, string>} [data] what the chart reads
 * @param {(Node | string)[]} children
 */
export function element(tag, data = {}, ...children) {
  const made = document.createElement(tag);
  Object.assign(made.dataset, data);
  made.append(...children);
  return made;
}

/** @param {"col" | "row"} scope @param {string} words @param {Record<string, string>} [data] */
export function head(scope, words, data) {
  const cell = element("th", data, words);
  cell.setAttribute("scope", scope);
  return cell;
}

/** @param {Day[]} days the newest first */
export function dayTable(days) {
  const names = COLUMNS.map((name) => head("col", say(name), SERIES.includes(name) ? { series: name } : {}));
  const first = element(
    "tr",
    {},
    head("col", say("day")),
    ...names,
    head("col", say("session"), { series: "treatment" }),
  );
  return [
    element("caption", {}, say("caption")),
    element("thead", {}, first),
    element("tbody", {}, ...days.flatMap(rowsOf)),
  ];
}

/** @param {Day} day */
function rowsOf({ day, logged, treatment }) {
  if (!logged.length) return [row(day, shortDay(day), [blank()], treatment)];
  return logged.map((one, at) => {
    const name = logged.length > 1 ? `${shortDay(day)}, ${clock(one.time)}` : shortDay(day);
    return row(
      day,
      name,
      COLUMNS.map((column) => cell(one, column)),
      at ? undefined : treatment,
    );
  });
}

/** @param {string} day @param {string} name @param {HTMLElement[]} cells @param {Treatment} [treatment] */
function row(day, name, cells, treatment) {
  return element("tr", { day }, head("row", name), ...cells, ...(treatment ? [session(treatment)] : [element("td")]));
}

/** A day with no entry is one cell over all columns; the chart sees it as a gap. */
function blank() {
  const cell = /** @type {HTMLTableCellElement} */ (element("td", {}, say("no_entry")));
  cell.colSpan = COLUMNS.length;
  return cell;
}

/** @param {Logged} one @param {typeof COLUMNS[number]} column */
function cell(one, column) {
  const value = one[column];
  return value === undefined ? element("td") : element("td", { value: String(value) }, figure(value));
}

/** @param {number} value */
const figure = (value) => value.toLocaleString(document.documentElement.lang);

/** @param {Treatment} treatment */
function session({ route, status, number }) {
  const tag = say(`tags.${route}`);
  if (status === "planned") return element("td", { route: tag, planned: "" }, say("ahead", { tag }));
  const words = number ? say("given", { n: number, tag }) : say("given_plain", { tag });
  return element("td", { route: tag }, words);
}

/** @param {{ treatment: Treatment, moods: (number | undefined)[] }[]} cycles the oldest first */
export function cycleTable(cycles) {
  const longest = Math.max(...cycles.map(({ moods }) => moods.length));
  const names = cycles.map(({ treatment }) => head("col", nameOf(treatment), { series: "cycle" }));
  const rows = Array.from({ length: longest }, (_, n) => {
    const cells = cycles.map(({ moods }) => element("td", {}, String(moods[n] ?? "")));
    return element("tr", { day: String(n) }, head("row", String(n)), ...cells);
  });
  return [
    element("caption", {}, say("caption_cycles")),
    element("thead", {}, element("tr", {}, head("col", say("since")), ...names)),
    element("tbody", {}, ...rows),
  ];
}

/** @param {Treatment} treatment */
export const nameOf = ({ number, at }) => (number ? say("cycle", { n: number }) : shortDay(dayOf(at)));
