import { say } from "../../elements/words.js";
import { fadingAfter, strongest, WINDOWS } from "./fading.js";
import { element, head, nameOf } from "./tables.js";

/** @import { Entry, Fading } from "./fading.js" */
/** @import { Treatment } from "./days.js" */

const MOST = 6; // sessions beside each other

/** Rows are effects, columns the windows that were asked about. @param {Fading[]} fading */
export function fadeTable(fading) {
  const names = WINDOWS.map((window) => head("col", say(`windows.${window}`)));
  const rows = fading.map((one) =>
    row(
      one,
      WINDOWS.map((window) => one.levels[window]),
    ),
  );
  return filled(names, rows);
}

/** Rows are effects, columns the last sessions. @param {Entry[]} reports @param {Treatment[]} given */
export function compareTable(reports, given) {
  const sessions = given.map((treatment) => ({ treatment, fading: fadingAfter(reports, treatment.record) }));
  const told = sessions.filter(({ treatment }) =>
    reports.some(({ heads }) => heads[0].body?.treatment === treatment.record),
  );
  const shown = told.slice(-MOST);
  const all = new Map(shown.flatMap(({ fading }) => fading).map((one) => [one.name, one]));
  const names = shown.map(({ treatment }) => head("col", nameOf(treatment)));
  const rows = [...all.values()].map((one) =>
    row(
      one,
      shown.map(({ fading }) => levelIn(fading.find(({ name }) => name === one.name))),
    ),
  );
  return filled(names, rows);
}

/** @param {Fading | undefined} fading */
const levelIn = (fading) => (fading ? strongest(fading) : undefined);

/** @param {HTMLElement[]} names @param {HTMLElement[]} rows */
function filled(names, rows) {
  const caption = element("caption", {}, say("fading_caption"));
  caption.className = "vh";
  const corner = head("col", say("effect"));
  return [caption, element("thead", {}, element("tr", {}, corner, ...names)), element("tbody", {}, ...rows)];
}

/** What is so or not, and does not fade. @param {Fading} fading */
export const isYesNo = ({ name }) => say("yes_no").split(" ").includes(name);

/** @param {Fading} fading @param {(number | undefined)[]} levels */
function row(fading, levels) {
  const called = fading.words ?? say(`effects.${fading.name}`);
  const words = isYesNo(fading) ? "answers" : "levels";
  return element("tr", {}, head("row", called), ...levels.map((level) => cell(words, level)));
}

/** @param {"answers" | "levels"} words @param {number | undefined} level */
function cell(words, level) {
  const made = element("td", {}, level === undefined ? "–" : say(`${words}.${level}`));
  if (level === undefined) made.setAttribute("aria-label", say("not_asked"));
  made.className = level === undefined ? "unasked" : `n${level}`;
  return made;
}
