/**
 * What could not be taken in of an entry, on the page where it can be changed.
 * @param {import("../store/types.js").Fault[] | null} faults
 */
export function showFaults(faults) {
  const section = /** @type {HTMLElement} */ (document.querySelector("#attention"));
  section.hidden = !faults;
  const said = (faults ?? []).filter(({ message }) => message);
  section.querySelector("ul")?.replaceChildren(...said.map(item));
}

/** @param {import("../store/types.js").Fault} fault */
function item({ field, message }) {
  const answer = /** @type {HTMLElement | null} */ (
    document.querySelector(`[name="${CSS.escape(field)}"][data-title]`)
  );
  const words = [answer?.dataset.title, message].filter(Boolean).join(". ");
  return Object.assign(document.createElement("li"), { textContent: words });
}
