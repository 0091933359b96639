import { Answer } from "./answer.js";
import { say } from "./words.js";

/** Where the first tap begins: the middle of what most adults sleep, and two taps from anywhere usual. */
const BEGIN = 7;
const STEP = 0.5;

/** `<tide-stepper>`: hours in halves, by two buttons. The first tap on either shows a beginning to step from. */
class Stepper extends Answer {
  wire() {
    for (const key of this.#keys)
      key.addEventListener("click", () => {
        const next = this.value === null ? BEGIN : this.value + STEP * Number(key.dataset.step);
        if (next >= 0 && next <= Number(this.dataset.max)) this.say(next);
      });
  }

  get first() {
    return this.#keys[0];
  }

  draw() {
    const output = /** @type {HTMLOutputElement} */ (this.querySelector("output"));
    if (this.value === null) output.replaceChildren(unseen(say("not_set")), "–");
    else output.textContent = say("hours", { n: halves(this.value) });
  }

  get #keys() {
    return /** @type {HTMLButtonElement[]} */ ([...this.querySelectorAll("[data-step]")]);
  }
}

/** @param {number} hours  6.5 becomes 6½ */
function halves(hours) {
  const whole = Math.floor(hours);
  if (whole === hours) return String(whole);
  return whole ? `${whole}½` : "½";
}

/** @param {string} text  read aloud, and not shown */
function unseen(text) {
  const span = document.createElement("span");
  span.className = "vh";
  span.textContent = text;
  return span;
}

customElements.define("tide-stepper", Stepper);
