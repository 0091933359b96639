/** A browser without scripts has its own way to print. */
export function wirePrint() {
  /** @type {HTMLButtonElement | null} */
  const button = document.querySelector("button.print");
  if (!button) return;
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
