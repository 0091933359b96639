/** A pointer that has lain still on a row for so long, in ms, is not about to press anything. */
const STILL = 20_000;
let moved = -Infinity;
let isOnARow = false;

for (const type of ["pointermove", "pointerdown", "wheel"]) document.addEventListener(type, note, { passive: true });
document.documentElement.addEventListener("pointerleave", (event) => {
  if (event.pointerType === "mouse") isOnARow = false; // a finger leaves whenever it is lifted
});

/** Whether a row must stay where it is. */
export function isAboutToPress() {
  return isOnARow && performance.now() - moved < STILL;
}

/** @param {Event} event */
function note(event) {
  moved = performance.now();
  isOnARow = Boolean(/** @type {Element} */ (event.target).closest("#list .row"));
}
