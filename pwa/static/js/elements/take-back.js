import { leaveSaved, onDisk } from "./dock.js";

/** Takes back the entry that is edited, once it was confirmed in place. @param {import("./entry.js").Entry} entry */
export function offerToTakeBack(entry) {
  const [box, ask, sure, yes, no] = ["", "[data-ask]", "[data-sure]", "[data-yes]", "[data-no]"].map(part);
  const turn = (/** @type {boolean} */ asking) => {
    [ask.hidden, sure.hidden] = [asking, !asking];
    (asking ? no : ask).focus();
  };
  box.hidden = false;
  ask.addEventListener("click", () => turn(true));
  no.addEventListener("click", () => turn(false));
  yes.addEventListener("click", async () => {
    if (await onDisk(entry.save(entry.day, null))) leaveSaved();
  });
}

/** @param {string} selector */
const part = (selector) => /** @type {HTMLElement} */ (document.querySelector(`#take-back ${selector}`));
