import { clock, dayOf, shortDay } from "../../elements/when.js";
import { say } from "../../elements/words.js";
import { today } from "../../store/days.js";

/** @import { Day, Treatment } from "./days.js" */

const DRAWN = /** @type {const} */ (["mood", "anxiety", "sleep"]);
/** Not drawn, and a column only where somebody said it: a phone is narrow. */
const ALSO = /** @type {const} */ (["energy"]);

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
  const also = ALSO.filter((name) => days.some(({ logged }) => logged.some((one) => one[name] !== undefined)));
  const others = [head("col", say("session"), { series: "treatment" }), ...also.map((name) => head("col", say(name)))];
  return [
    element("caption", {}, say("caption")),
    element("thead", {}, element("tr", {}, head("col", say("day")), ...drawn, ...others)),
    element("tbody", {}, ...days.flatMap((day) => rowsOf(day, also))),
  ];
}

/** A session stands in the first row of its day. @param {Day} day @param {typeof ALSO[number][]} also */
function rowsOf({ day, logged, treatment }, also) {
  const session = treatment ? sessionCell(treatment) : element("td");
  const nothing = also.map(() => element("td"));
  if (!logged.length) return [element("tr", { day }, head("row", whole(day)), blank(day), session, ...nothing)];
  return logged.map((one, at) => {
    const after = dayOf(one.time) === day ? "" : `${whole(dayOf(one.time))} `; // after midnight, the night before
    const name = logged.length > 1 ? `${whole(day)}, ${after}${clock(one.time)}` : whole(day);
    const figures = DRAWN.map((column) => cell(one[column]));
    const others = also.map((column) => cell(one[column]));
    return element("tr", { day }, head("row", name), ...figures, at ? element("td") : session, ...others);
  });
}

/** In a narrow column a time may stand below its day; the day itself is not broken. @param {string} day */
const whole = (day) => shortDay(day).replaceAll(" ", "\u00a0");

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
