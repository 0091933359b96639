import { say } from "./words.js";

/** How long "Saved on this phone" stands before Today comes, in ms. */
const SHOWN = 700;

/**
 * What the line under Save says. @param {string} sentence
 */
export function tell(sentence) {
  /** @type {HTMLElement} */ (document.querySelector("#dock-says")).textContent = sentence;
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
  location.assign(/** @type {HTMLAnchorElement} */ (document.querySelector(".top .back")).href);
}

/** Says for a moment that it is on this phone, then goes back to Today. */
export function leaveSaved() {
  tell(say("saved"));
  document.body.dataset.saved = "";
  setTimeout(leave, SHOWN);
}
