import { Answer } from "./answer.js";

/** `<tide-choice>`: radio buttons of which none need be chosen, and which can be cleared again. The value is a text. */
class Choice extends Answer {
  wire() {
    this.addEventListener("change", ({ target }) => this.say(/** @type {HTMLInputElement} */ (target).value));
  }

  draw() {
    for (const radio of this.#radios) radio.checked = radio.value === this.value;
  }

  get first() {
    return this.#radios[0];
  }

  get #radios() {
    return /** @type {HTMLInputElement[]} */ ([...this.querySelectorAll("input[type=radio]")]);
  }
}

customElements.define("tide-choice", Choice);
