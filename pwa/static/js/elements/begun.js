import { today } from "../store/days.js";
import { draftNamed } from "./entry.js";
import { nearDay, say } from "./words.js";

/**
 * Says that this was begun earlier, of which day if that is not today, and offers what else was begun: none is taken for
 * another's.
 * @param {import("./entry.js").Entry} entry
 */
export function offerBegun(entry) {
  const line = one("#drafted");
  line.hidden = !entry.drafted;
  if (entry.day !== today()) line.children[0].textContent = about(entry.day);
  const [anew, again] = [one("#drafted a"), one("#drafted button")];
  anew.hidden = !draftNamed();
  anew.setAttribute("href", location.pathname + location.search);
  again.addEventListener("click", async () => {
    await entry.forget();
    location.reload();
  });
  line.after(...entry.others.map(other));
}

/** @param {import("../store/drafts.js").Begun} begun */
function other({ id, typed }) {
  const model = /** @type {HTMLTemplateElement} */ (one("#begun-besides"));
  const line = /** @type {HTMLElement} */ (document.importNode(model.content, true).firstElementChild);
  line.children[0].textContent = about(typed.day ?? today());
  /** @type {HTMLAnchorElement} */ (line.children[1]).hash = id;
  return line;
}

/** @param {string} day */
const about = (day) => say("begun_about", { day: nearDay(day) });

/** @param {string} selector */
const one = (selector) => /** @type {HTMLElement} */ (document.querySelector(selector));
