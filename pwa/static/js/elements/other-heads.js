import { say } from "./words.js";

/**
 * What was saved beside what is written here, on another phone or in another tab. All of it stood on the screen, so saving
 * settles it.
 * @param {import("./entry.js").Entry} entry
 * @param {(body: Record<string, any>) => string} describe
 * @param {(body: Record<string, any>) => void} use
 */
export function offerOtherHeads(entry, describe, use) {
  const list = /** @type {HTMLElement} */ (document.querySelector("#other-heads"));
  const model = /** @type {HTMLTemplateElement} */ (document.querySelector("#other-head"));
  for (const { body } of entry.beside) {
    const item = /** @type {HTMLElement} */ (document.importNode(model.content, true).firstElementChild);
    /** @type {HTMLElement} */ (item.querySelector("p")).textContent = say("also_wrote", {
      what: describe(body ?? {}),
    });
    item.querySelector("button")?.addEventListener("click", () => {
      item.remove();
      use(body ?? {});
    });
    list.append(item);
  }
}
