// The clinic's pages work without this: it draws the tables that can be drawn, and shows long ones from their newest end.
import "../elements/chart.js";

for (const box of document.querySelectorAll(".newest-last")) box.scrollLeft = box.scrollWidth;

/** @type {HTMLButtonElement | null} */
const print = document.querySelector("button.print");
if (print) {
  print.hidden = false;
  print.addEventListener("click", () => window.print());
}
