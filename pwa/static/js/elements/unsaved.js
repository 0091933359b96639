import { isFull, isSilent } from "../store/phone.js";
import { say } from "./words.js";

/**
 * @typedef {object} Words  what stands on the screen, and what can be done with it
 * @property {import("../store/phone.js").Phone} phone
 * @property {(sentence?: string) => void} tell
 * @property {() => unknown} save  as if Save had been pressed
 * @property {() => unknown} keep  as a draft
 * @property {() => unknown} copy  into a file
 */

/**
 * While words stand on the screen alone: says why, offers a copy, asks before the page is left, and goes on by itself once a
 * full phone has room.
 */
export class Unsaved {
  #words;
  #pressed = false;
  #asked = false;
  #copy = /** @type {HTMLElement} */ (document.querySelector("#keep-copy"));

  /** @param {Words} words */
  constructor(words) {
    this.#words = words;
    this.#copy.addEventListener("click", words.copy);
    words.phone.room.addEventListener("room", () => this.#go());
    document.addEventListener("click", (event) => this.#leave(event));
    addEventListener("beforeunload", (event) => this.#isAlone && event.preventDefault());
  }

  /** Whether it reached the disk; a store that hangs is asked once more, since it is opened anew then. @param {() => Promise<void>} save */
  async onDisk(save) {
    try {
      await save().catch((error) => this.#again(error, save));
      this.#copy.hidden = true;
      return true;
    } catch (error) {
      this.#lament(error);
      this.#pressed = true;
      return false;
    }
  }

  /** What was said of other words holds no longer. */
  typed() {
    this.#pressed = this.#asked = false;
    if (this.#copy.hidden) this.#words.tell();
  }

  /** A draft that cannot be kept is told as loudly as a save. @param {Promise<void>} keeping */
  async draft(keeping) {
    await keeping.then(
      () => this.#over(),
      (error) => this.#lament(error),
    );
  }

  /** @param {unknown} error @param {() => Promise<void>} save */
  #again(error, save) {
    if (!isSilent(error)) throw error;
    this.#words.tell(say("slow"));
    return save();
  }

  /** @param {unknown} error */
  #lament(error) {
    this.#words.tell(say(isFull(error) ? "full" : "not_saved"));
    this.#copy.hidden = false;
  }

  #over() {
    if (this.#copy.hidden) return;
    this.#copy.hidden = true;
    this.#words.tell();
  }

  get #isAlone() {
    return !this.#copy.hidden && !this.#asked;
  }

  /** The first tap on a way away says what is lost, the second goes; iPhones ask nothing of themselves. @param {Event} event */
  #leave(event) {
    const way = /** @type {Element} */ (event.target).closest("a[href]");
    if (!way || !this.#isAlone) return;
    this.#asked = true;
    if (way.matches(".help-link")) return; // help waits for nothing
    event.preventDefault();
    this.#words.tell(say("leave"));
  }

  #go() {
    if (this.#copy.hidden) return;
    if (this.#pressed) this.#words.save();
    else this.#words.keep();
  }
}
