import { say } from "../../elements/words.js";
import { all, one } from "../parts/come-in.js";

const LENGTH = 6;

/** The PIN pad: by touch and by the keys of a keyboard. When the last digit is there, the PIN is tried. */
export class Pad {
  #typed = "";

  /** @param {(pin: string) => Promise<void>} whole */
  constructor(whole) {
    this.whole = whole;
    for (const key of all("#pad [data-digit]"))
      key.addEventListener("click", () => this.#press(key.dataset.digit ?? ""));
    one("#erase").addEventListener("click", () => this.#erase());
    document.addEventListener("keydown", (event) => this.#key(event));
    this.clear();
  }

  /** @param {boolean} open whether one may type */
  open(open) {
    one("#pad").inert = !open;
    for (const key of /** @type {HTMLButtonElement[]} */ (all("#pad [data-digit]"))) key.disabled = !open;
  }

  clear() {
    this.#typed = "";
    this.#draw();
  }

  /** @param {KeyboardEvent} event */
  #key({ key, ctrlKey, metaKey, altKey }) {
    if (ctrlKey || metaKey || altKey || one("#ask").hidden) return;
    if (/^\d$/.test(key)) this.#press(key);
    if (key === "Backspace") this.#erase();
  }

  /** @param {string} digit */
  #press(digit) {
    if (one("#pad").inert || this.#typed.length === LENGTH) return;
    this.#typed += digit;
    this.#draw();
    if (this.#typed.length === LENGTH) void this.whole(this.#typed);
  }

  #erase() {
    this.#typed = this.#typed.slice(0, -1);
    this.#draw();
  }

  #draw() {
    const n = this.#typed.length;
    one("#dots").setAttribute("aria-label", say("entered", { n }));
    all("#dots i").forEach((dot, place) => dot.classList.toggle("on", place < n));
  }
}
