/**
 * A reading of blood pressure that is high is worth a second one: a single one may be a slip of the cuff.
 * @param {HTMLElement} section  says from where on, upper and lower, and holds the words, `[data-again]`
 */
export function askAgain(section) {
  const [top, bottom] = (section.dataset.high ?? "").split(" ").map(Number);
  const fields = section.querySelectorAll("input");
  const note = /** @type {HTMLElement} */ (section.querySelector("[data-again]"));
  const look = () => (note.hidden = !(Number(fields[0].value) >= top || Number(fields[1].value) >= bottom));
  section.addEventListener("input", look);
  section.closest("form")?.addEventListener("answer", look); // what a draft has filled in is seen with the next answer
}
