import { onceRead } from "./saved.js";
import { say } from "./words.js";

const line = one("#dock-says");
let usual = line.textContent ?? "";

/**
 * What the line under Save says; without a sentence what it usually says.
 * @param {string} [sentence]
 */
export function tell(sentence = usual) {
  if (line.textContent !== sentence) line.textContent = sentence;
  line.classList.toggle("said", sentence !== usual);
}

/** From now on the line is there only when there is something to say. */
export function hush() {
  usual = "";
  tell();
}

/** Back to Today. */
export function leave() {
  location.assign(/** @type {HTMLAnchorElement} */ (one(".top .back")).href);
}

/** Says for a moment that it is on this phone, then goes back to Today. */
export function leaveSaved() {
  tell(say("saved"));
  one(".dock [type=submit]").textContent = say("saved");
  document.body.dataset.saved = "";
  onceRead(leave);
}

/** @param {string} selector */
function one(selector) {
  return /** @type {HTMLElement} */ (document.querySelector(selector));
}
