import { say } from "./words.js";

/**
 * Finds effects by the patient's words, the clinical ones, others that people use, or their part of the body, whatever the
 * accents. Without words every part of the body is there to open; what was chosen is never hidden.
 * @param {HTMLElement} root  holds a search field, `[data-found]`, and `<details>` with `<li data-effect>`
 */
export function find(root) {
  const field = /** @type {HTMLInputElement | null} */ (root.querySelector("input[type=search]"));
  const found = /** @type {HTMLElement | null} */ (root.querySelector("[data-found]"));
  if (!field || !found) return;
  field.addEventListener("input", () => {
    const words = plain(field.value).match(/\S+/g)?.map(singular) ?? [];
    const parts = /** @type {HTMLDetailsElement[]} */ ([...root.querySelectorAll("details[data-part]")]);
    const count = parts.reduce((sum, part) => sum + show(part, words), 0);
    found.textContent = words.length ? say("found", { n: count }) : "";
  });
}

/**
 * @param {HTMLDetailsElement} part
 * @param {string[]} words
 */
function show(part, words) {
  const items = /** @type {HTMLElement[]} */ ([...part.querySelectorAll("li")]);
  const name = plain(part.querySelector("summary")?.textContent ?? "");
  let count = 0;
  for (const item of items) {
    const text = plain(`${item.querySelector("button")?.textContent} ${item.dataset.also ?? ""}`);
    const fits = !item.hidden && words.every((word) => text.includes(word) || name.includes(word));
    count += Number(fits);
    item.classList.toggle("out", !fits && !("chosen" in item.dataset));
  }
  const chosen = items.some((item) => "chosen" in item.dataset);
  part.hidden = !(count || chosen);
  part.open = chosen || (words.length ? count > 0 : "always" in part.dataset);
  return count;
}

/** What is searched has no plurals. @param {string} word */
const singular = (word) => word.replace(/(?<=..)[sx]$/, "");

/** Phones write can’t as well as can't. @param {string} text */
const plain = (text) =>
  text
    .normalize("NFD")
    .replace(/[\p{M}'’]/gu, "")
    .toLowerCase();
