import { Slide } from "./slide.js";
import { say } from "./words.js";

/** `<tide-gauge>`: a slide as water level. Its numbers have words, which stand in the element's `<datalist>`. */
class Gauge extends Slide {
  get #word() {
    return this.querySelector(`option[value="${this.value}"]`)?.getAttribute("label") ?? "";
  }

  get hint() {
    return document.documentElement.dataset.mode === "after" ? super.hint : say("tap_or_slide");
  }

  spoken() {
    return `${super.spoken()}, ${this.#word}`;
  }

  /** @param {HTMLOutputElement} output */
  show(output) {
    super.show(output);
    if (this.value === null) return;
    const word = document.createElement("small");
    word.textContent = this.#word;
    output.append(word);
  }
}

customElements.define("tide-gauge", Gauge);
