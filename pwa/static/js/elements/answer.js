/**
 * Something a person can answer, and clear again. Unset is null: blank is not zero, and nothing is filled in for anyone.
 * `wire` listens to the controls once, `draw` shows the value; a change by the person is told as an "answer" event.
 */
export class Answer extends HTMLElement {
  /** @type {any} */
  #value = null;
  #wired = false;

  connectedCallback() {
    if (this.#wired) return;
    this.#wired = true;
    this.clear?.addEventListener("click", () => this.#cleared());
    this.wire();
    this.value = this.#value;
  }

  get name() {
    return this.getAttribute("name") ?? "";
  }

  get value() {
    return this.#value;
  }

  set value(value) {
    this.#value = value ?? null;
    this.toggleAttribute("data-unset", this.#value === null);
    if (this.clear) this.clear.hidden = this.#value === null;
    this.draw();
  }

  /** @returns {HTMLButtonElement | null} */
  get clear() {
    return this.querySelector("[data-clear]");
  }

  /** @param {any} value  as the person gave it */
  say(value) {
    this.value = value;
    this.dispatchEvent(new Event("answer", { bubbles: true }));
  }

  /** Clear goes with the value, so the focus returns to what can be answered. */
  #cleared() {
    this.say(null);
    this.first?.focus({ preventScroll: true });
  }

  /** @returns {HTMLElement | null} */
  get first() {
    return this.querySelector("input:not([disabled])");
  }

  wire() {}
  draw() {}
}

/**
 * Every answer below an element, by name.
 * @param {ParentNode} root
 * @returns {Answer[]}
 */
export const answersIn = (root) => /** @type {Answer[]} */ ([...root.querySelectorAll("[data-answer]")]);
