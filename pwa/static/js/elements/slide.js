import { Answer } from "./answer.js";
import { say } from "./words.js";

/** How far a finger moves before it slides rather than scrolls, in px. */
const MEANT = 8;

/**
 * `<tide-slide>` holds a native range, which a tap or a drag moves anywhere, and the same numbers as large buttons for
 * after a session. Unset, the knob is hollow and stands in the middle; `--v` moves the water.
 */
export class Slide extends Answer {
  get range() {
    return /** @type {HTMLInputElement} */ (this.querySelector("input[type=range]"));
  }

  /** @returns {HTMLElement | null} */
  get first() {
    return this.range.getClientRects().length ? this.range : this.querySelector(".picks input");
  }

  wire() {
    this.range.addEventListener("input", () => this.say(this.range.valueAsNumber));
    this.range.addEventListener("keydown", (event) => this.#takeMiddle(event));
    this.addEventListener("change", ({ target }) => {
      if (target !== this.range) this.say(Number(/** @type {HTMLInputElement} */ (target).value));
    });
    this.#follow(this.range);
  }

  draw() {
    const value = this.value ?? (Number(this.range.min) + Number(this.range.max)) / 2;
    this.range.value = String(value);
    this.style.setProperty("--v", String(value));
    this.range.setAttribute("aria-valuetext", this.value === null ? say("not_set") : this.spoken());
    for (const pick of /** @type {NodeListOf<HTMLInputElement>} */ (this.querySelectorAll(".picks input")))
      pick.checked = pick.value === String(this.value);
    this.show(/** @type {HTMLOutputElement} */ (this.querySelector("output")));
  }

  spoken() {
    return say("of", { n: this.value, max: Number(this.range.max) });
  }

  /** @param {HTMLOutputElement} output */
  show(output) {
    output.textContent = this.value === null ? this.hint : String(this.value);
  }

  get hint() {
    return say("not_set");
  }

  /**
   * The arrow keys move away from the middle; Space takes it.
   * @param {KeyboardEvent} event
   */
  #takeMiddle(event) {
    if (event.key !== " " || this.value !== null) return;
    event.preventDefault();
    this.say(this.range.valueAsNumber);
  }

  /**
   * A tap on the middle changes nothing in a native range, and iPhones move one by its knob only.
   * @param {HTMLInputElement} range
   */
  #follow(range) {
    /** @type {number | null} */
    let from = null;
    range.addEventListener("pointerdown", ({ pointerType, clientX }) => {
      from = pointerType === "mouse" ? null : clientX;
    });
    range.addEventListener("pointermove", ({ clientX }) => {
      if (from === null || Math.abs(clientX - from) < MEANT) return;
      from = -Infinity;
      this.say(this.#at(clientX));
    });
    for (const end of ["pointerup", "pointercancel"]) range.addEventListener(end, () => (from = null));
    range.addEventListener("click", ({ clientX, detail }) => detail && this.say(this.#at(clientX)));
  }

  /** @param {number} x */
  #at(x) {
    const { left, width } = this.range.getBoundingClientRect();
    const knob = /** @type {HTMLElement} */ (this.querySelector(".knob")).offsetWidth;
    const [min, max] = [Number(this.range.min), Number(this.range.max)];
    const part = Math.min(1, Math.max(0, (x - left - knob / 2) / (width - knob)));
    return Math.round(min + part * (max - min));
  }
}

customElements.define("tide-slide", Slide);
