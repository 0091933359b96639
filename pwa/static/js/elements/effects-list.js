import { askAgain } from "./again.js";
import { answersIn } from "./answer.js";
import { EffectRow } from "./effect-row.js";
import { say } from "./words.js";
import { find } from "./find.js";
import { callTheClinic } from "./severe.js";

/**
 * `<tide-effects>`: the effects of a report. Some stand as rows from the start (`first`), the rest is the catalogue, in
 * which an effect becomes a row where it is chosen. The value is the report's list.
 */
export class Effects extends HTMLElement {
  /** @type {Map<string, EffectRow>} */
  #rows = new Map();
  /** @type {EffectRow[]} */
  #marked = [];
  /** Effects that a newer app knows and this one does not: kept as they are. @type {any[]} */
  #strange = [];

  connectedCallback() {
    this.addEventListener("click", ({ target }) => {
      const item = /** @type {HTMLElement} */ (target).closest("button")?.closest("li");
      if (item) this.#choose(item);
    });
    this.addEventListener("answer", ({ target }) => callTheClinic(this, /** @type {HTMLElement} */ (target)));
    this.#rest?.addEventListener("click", () => this.#markRest());
    find(this);
    const pressure = /** @type {HTMLElement | null} */ (this.closest("form")?.querySelector("[data-high]"));
    if (pressure) askAgain(pressure);
  }

  get value() {
    return [...[...this.#rows.values()].map((row) => row.value).filter((item) => item !== null), ...this.#strange];
  }

  set value(items) {
    for (const row of this.#rows.values()) row.value = null;
    this.#strange = items.filter((/** @type {any} */ item) => !this.#item(item.effect));
    for (const item of items) if (this.#item(item.effect)) this.#row(item.effect, this.#list).value = item;
    callTheClinic(this, null);
  }

  /** The effects that the last tap on the rest marked, while the next can take that back. */
  get marked() {
    return this.#marked.map((row) => row.getAttribute("effect") ?? "");
  }

  set marked(effects) {
    this.#marked = [...this.#rows].filter(([effect]) => effects.includes(effect)).map(([, row]) => row);
    this.#offerRest();
  }

  /** In the patient's words. @param {{ effect: string, words?: string }} item */
  name = ({ effect, words }) => this.#item(effect)?.querySelector("b")?.textContent ?? words ?? effect;

  /**
   * The clinic's choice: what it does not ask is not offered, what it added is, in its own words.
   * @param {{ effects_off?: string[], own?: { id: string, en: string, fr: string, routes?: string[] }[] }} [asked]
   */
  offer({ effects_off = [], own = [] } = {}) {
    for (const item of this.#items) if (effects_off.includes(item.dataset.effect ?? "")) item.remove();
    const last = this.#items.at(-1);
    const anyRoute = last?.dataset.routes;
    for (const { id, routes, ...words } of own) {
      const item = /** @type {HTMLElement} */ (last?.cloneNode(true));
      for (const name of ["yesNo", "also"]) delete item.dataset[name];
      const label = document.createElement("b");
      label.textContent = words[/** @type {"en" | "fr"} */ (document.documentElement.lang)];
      Object.assign(item.dataset, { effect: id, words: label.textContent, routes: routes?.join(" ") ?? anyRoute });
      item.querySelector("button")?.replaceChildren(label);
      last?.after(item);
    }
  }

  /**
   * Rows that stand there from the start, and what of the catalogue can follow this route.
   * @param {string[]} effects
   * @param {string} [route]  any, if left out
   */
  first(effects, route) {
    for (const item of this.#items) item.hidden = !!route && !item.dataset.routes?.split(" ").includes(route);
    for (const effect of effects) if (this.#item(effect)) this.#row(effect, this.#list);
  }

  /**
   * @param {string} effect
   * @param {Element | null} list  where a new row goes; null: in its place in the catalogue
   */
  #row(effect, list) {
    const there = this.#rows.get(effect);
    if (there) return there;
    const item = /** @type {HTMLElement} */ (this.#item(effect));
    const template = this.querySelector(
      "yesNo" in item.dataset ? "template[data-yes-no]" : "template:not([data-yes-no])",
    );
    const row = EffectRow.from(/** @type {HTMLTemplateElement} */ (template), item);
    this.#rows.set(effect, row);
    if (list) list.append(row);
    else this.#openAt(item, row);
    return row;
  }

  /**
   * @param {HTMLElement} item
   * @param {EffectRow} row
   */
  #openAt(item, row) {
    row.removeAttribute("data-stage"); // it is answered where it was found
    item.append(row);
    /** @type {HTMLElement} */ (item.firstElementChild).hidden = true;
    item.dataset.chosen = "";
    /** @type {HTMLDetailsElement} */ (item.closest("details")).open = true;
  }

  /** @param {HTMLElement} item */
  #choose(item) {
    const row = this.#row(item.dataset.effect ?? "", null);
    row.dispatchEvent(new Event("chosen", { bubbles: true }));
    row.scrollIntoView({ block: "nearest" });
    answersIn(row)[0].first?.focus({ preventScroll: true });
  }

  /** Blank is not none, so this is a choice; chosen again, it takes back what it marked and nobody changed since. */
  #markRest() {
    const undo = this.#marked.length > 0;
    const rows = undo
      ? this.#marked.filter(({ value }) => value?.severity === 0)
      : [...this.#rows.values()].filter((row) => row.value === null && this.#isAhead(row));
    this.#marked = undo ? [] : rows;
    for (const row of rows) answersIn(row)[0].say(undo ? null : "0");
    this.#offerRest();
    if (!undo) this.dispatchEvent(new Event("rest", { bubbles: true }));
  }

  #offerRest() {
    const words = this.#rest?.querySelector("span");
    if (words) words.textContent = say(this.#marked.length ? "unmark_rest" : "mark_rest");
  }

  /** With one question a screen, what was skipped before this one is no part of the rest. @param {EffectRow} row */
  #isAhead(row) {
    const now = this.querySelector("[data-now]");
    return !now || !(row.compareDocumentPosition(now) & Node.DOCUMENT_POSITION_FOLLOWING);
  }

  get #rest() {
    return this.querySelector("[data-rest]");
  }
  get #list() {
    return this.querySelector("[data-first]");
  }
  /** @param {string} effect */
  #item(effect) {
    return this.#items.find((item) => item.dataset.effect === effect);
  }
  get #items() {
    return /** @type {HTMLElement[]} */ ([...this.querySelectorAll("li[data-effect]")]);
  }
}

customElements.define("tide-effects", Effects);
