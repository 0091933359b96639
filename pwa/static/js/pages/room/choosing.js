import { entryHere } from "./entries.js";
import { wordsIn } from "./words.js";

/** @typedef {import("./words.js").Chosen} Chosen */

const MARK = "chosen";

/**
 * A note is about the words that one chose last, until one says otherwise; with none, about the entry that one is at.
 * @param {HTMLFormElement} form
 */
export function keepChosen(form) {
  one(form, "#choose").hidden = false;
  document.addEventListener("selectionchange", () => {
    const found = wordsIn(document.getSelection());
    if (found) take(form, found);
  });
  one(form, "#chosen button").addEventListener("click", () => {
    take(form, null);
    one(form, "textarea").focus();
  });
  one(form, "textarea").addEventListener("focus", () => {
    if (!field(form, "begins").value) aboutEntry(form, entryHere()?.dataset.record);
  });
}

/** @param {HTMLFormElement} form @param {Chosen | null} found */
function take(form, found) {
  for (const name of /** @type {const} */ (["version", "begins", "ends"])) {
    field(form, name).value = String(found?.[name] ?? "");
  }
  if (found) aboutEntry(form, found.record);
  show(form, found);
  mark(found?.range);
}

/** The words go from here too, if they are taken back meanwhile. @param {HTMLFormElement} form @param {Chosen | null} found */
function show(form, found) {
  one(form, "#choose").hidden = Boolean(found);
  one(form, "#chosen").hidden = !found;
  const quote = document.createElement("q");
  quote.textContent = found?.words ?? "";
  quote.dataset.versions = found?.version ?? "";
  one(form, "#chosen p").replaceChildren(...(found ? [quote] : []));
}

/** Stays to be seen while one writes. @param {Range} [range] */
function mark(range) {
  if (range) CSS.highlights?.set(MARK, new Highlight(range));
  else CSS.highlights?.delete(MARK);
}

/** @param {HTMLFormElement} form @param {string} [record] */
function aboutEntry(form, record) {
  const about = /** @type {HTMLSelectElement | null} */ (form.elements.namedItem("about"));
  if (about && record) about.value = record;
}

/** @param {HTMLFormElement} form @param {string} name */
const field = (form, name) => /** @type {HTMLInputElement} */ (form.elements.namedItem(name));

/** @param {HTMLFormElement} form @param {string} where */
const one = (form, where) => /** @type {HTMLElement} */ (form.querySelector(where));
