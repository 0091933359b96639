import { clock, dayOf, shortDay } from "../../elements/when.js";
import { say } from "../../elements/words.js";
import { today } from "../../store/days.js";

/** @import { Day, Treatment } from "./days.js" */

const DRAWN = /** @type {const} */ (["mood", "anxiety", "sleep"]);

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
  const drawn = DRAWN.map((name) => head("col", say(name), { series: name }));
  const others = [head("col", say("session"), { series: "treatment" }), head("col", say("energy"))];
  return [
    element("caption", {}, say("caption")),
    element("thead", {}, element("tr", {}, head("col", say("day")), ...drawn, ...others)),
    element("tbody", {}, ...days.flatMap(rowsOf)),
  ];
}

/** A session stands in the first row of its day. @param {Day} day */
function rowsOf({ day, logged, treatment }) {
  const session = treatment ? sessionCell(treatment) : element("td");
  if (!logged.length) return [element("tr", { day }, head("row", shortDay(day)), blank(day), session, element("td"))];
  return logged.map((one, at) => {
    const after = dayOf(one.time) === day ? "" : `${shortDay(dayOf(one.time))} `; // after midnight, the night before
    const name = logged.length > 1 ? `${shortDay(day)}, ${after}${clock(one.time)}` : shortDay(day);
    const figures = DRAWN.map((column) => cell(one[column]));
    return element("tr", { day }, head("row", name), ...figures, at ? element("td") : session, cell(one.energy));
  });
}

/** A day with no entry is one cell over all that is drawn; the chart sees it as a gap. @param {string} day */
function blank(day) {
  const words = day > today() ? "" : say("no_entry");
  const cell = /** @type {HTMLTableCellElement} */ (element("td", {}, words));
  cell.colSpan = DRAWN.length;
  cell.className = "blank";
  return cell;
}

/** @param {number | undefined} value */
function cell(value) {
  if (value === undefined) return element("td");
  return element("td", { value: String(value) }, value.toLocaleString(document.documentElement.lang));
}

/** @param {Treatment} treatment */
function sessionCell({ route, status, number }) {
  const tag = say(`tags.${route}`);
  if (status === "planned") return element("td", { route: tag, planned: "" }, say("ahead", { tag }));
  return element("td", { route: tag }, [number, tag].filter(Boolean).join(" "));
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
