import { answersIn } from "./answer.js";

const SEVERE = "3";

/**
 * The clinic's number stands once, where something was last found severe; beside an emergency number it is not needed.
 * @param {HTMLElement} root  holds the note, `[data-severe]`, and rows of class "effect"
 * @param {HTMLElement | null} target  what was just answered
 */
export function callTheClinic(root, target) {
  const note = /** @type {HTMLElement} */ (root.querySelector("[data-severe]"));
  const rows = answersIn(root)
    .filter((answer) => answer.name.endsWith("severity") && answer.value === SEVERE)
    .map((answer) => /** @type {HTMLElement} */ (answer.closest(".effect")))
    .filter((row) => !row.querySelector("[data-call]"));
  const row = rows.find((one) => one.contains(target)) ?? rows.find((one) => one.contains(note)) ?? rows[0];
  note.hidden = !row;
  if (row && !row.contains(note)) row.append(note);
  if (row?.contains(target)) note.scrollIntoView({ block: "nearest" }); // never under the dock
}
