import { say } from "./words.js";

/**
 * What other phones wrote that this one had not seen. All of it stood on the screen, so saving settles it.
 * @param {import("../store/types.js").Entry | null} found
 * @param {(body: Record<string, any>) => string} describe
 * @param {(body: Record<string, any>) => void} use
 */
export function offerOtherHeads(found, describe, use) {
  const list = /** @type {HTMLElement} */ (document.querySelector("#other-heads"));
  const model = /** @type {HTMLTemplateElement} */ (document.querySelector("#other-head"));
  for (const { body } of found?.heads.slice(1) ?? []) {
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
