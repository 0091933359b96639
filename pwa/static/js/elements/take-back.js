import { leaveSaved } from "./dock.js";

/**
 * Takes back the entry that is edited, once it was confirmed in place.
 * @param {import("./entry.js").Entry} entry
 * @param {import("./unsaved.js").Unsaved} unsaved
 */
export function offerToTakeBack(entry, unsaved) {
  const [box, ask, sure, yes, no] = ["", "[data-ask]", "[data-sure]", "[data-yes]", "[data-no]"].map(part);
  const turn = (/** @type {boolean} */ asking) => {
    [ask.hidden, sure.hidden] = [asking, !asking];
    (asking ? no : ask).focus();
  };
  box.hidden = false;
  ask.addEventListener("click", () => turn(true));
  no.addEventListener("click", () => turn(false));
  yes.addEventListener("click", async () => {
    box.inert = true; // a second tap would make a second version
    if (await unsaved.onDisk(() => entry.save(entry.day, null))) leaveSaved();
    else box.inert = false;
  });
}

/** @param {string} selector */
const part = (selector) => /** @type {HTMLElement} */ (document.querySelector(`#take-back ${selector}`));
