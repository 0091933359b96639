import { answersIn } from "./answer.js";

let made = 0;

/**
 * `<tide-effect effect="nausea">`: how strong, whether it still goes on, how long it lasted; or just yes or no. The value is one item of a
 * report, null while nothing is said. An effect that can be an emergency shows the number to call in place.
 */
export class EffectRow extends HTMLElement {
  /** What a newer app said that this one does not know. */
  #more = {};
  /** Of an effect that the clinic added, as it is read. @type {string | undefined} */
  #words;

  /**
   * From the template of rows, named and worded as the catalogue's button is.
   * @param {HTMLTemplateElement} template
   * @param {HTMLElement} item  the catalogue's `<li>`
   */
  static from(template, item) {
    const row = /** @type {EffectRow} */ (document.importNode(template.content, true).firstElementChild);
    row.setAttribute("effect", item.dataset.effect ?? "");
    row.#words = item.dataset.words;
    row.querySelector("legend")?.prepend(...[...item.querySelectorAll("b, small")].map((word) => word.cloneNode(true)));
    if (!("emergency" in item.dataset)) row.querySelector("[data-call]")?.remove();
    made += 1;
    for (const radio of /** @type {NodeListOf<HTMLInputElement>} */ (row.querySelectorAll("input")))
      radio.name = `${radio.name}-${made}`;
    row.addEventListener("answer", () => {
      row.#draw();
      row.#showOpened();
    });
    return row;
  }

  get value() {
    const [severity, ongoing, lasted] = this.#parts.map((part) => part.value);
    if (severity === null) return null;
    return {
      ...this.#more,
      effect: this.getAttribute("effect"),
      severity: Number(severity),
      ...(this.#words && { words: this.#words }),
      ...(severity > 0 && ongoing && { ongoing: ongoing === "yes" }),
      ...(severity > 0 && ongoing === "no" && lasted && { lasted }),
    };
  }

  set value(item) {
    const { effect: _, words = this.#words, severity, ongoing, lasted, ...more } = item ?? {};
    [this.#more, this.#words] = [more, words];
    const said = [severity?.toString(), ongoing === undefined ? null : ongoing ? "yes" : "no", lasted];
    this.#parts.forEach((part, place) => (part.value = said[place]));
    this.#draw();
  }

  #draw() {
    const [severity, ongoing, lasted] = this.#parts;
    const felt = severity.value > 0;
    for (const part of /** @type {NodeListOf<HTMLElement>} */ (this.querySelectorAll("[data-felt]")))
      part.hidden = !felt;
    if (lasted) lasted.hidden = !(felt && ongoing.value === "no");
  }

  /** What an answer opens is never under the dock; where there is room for one thing, it is the number to call. */
  #showOpened() {
    const opened = [...this.querySelectorAll("[data-felt]:not([hidden])")];
    for (const part of opened.reverse()) part.scrollIntoView({ block: "nearest" });
  }

  get #parts() {
    return answersIn(this);
  }
}

customElements.define("tide-effect", EffectRow);
