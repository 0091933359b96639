import { say } from "./words.js";

/** How long "Saved on this phone" stands before Today comes, in ms. */
const SHOWN = 700;

/**
 * What the line under Save says.
 * @param {string} sentence
 */
export function tell(sentence) {
  const line = one("#dock-says");
  line.textContent = sentence;
  line.className = "said";
}

/**
 * Whether it reached the disk; if not, the dock says so and the words stay where they are. @param {Promise<void>} saving
 */
export async function onDisk(saving) {
  try {
    await saving;
    return true;
  } catch {
    tell(say("not_saved"));
    return false;
  }
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
  setTimeout(leave, SHOWN);
}

/** @param {string} selector */
const one = (selector) => /** @type {HTMLElement} */ (document.querySelector(selector));
