import { capital, clock, dayOf, longDay } from "../../elements/when.js";
import { say } from "../../elements/words.js";
import { localIso } from "../../store/days.js";
import { all, one } from "../parts/come-in.js";

/** A draft follows typing this far behind, in ms. */
const BEHIND = 250;

/** The editor around one journal entry: what stands in it, its draft, its saving and taking back. */
export class Writing {
  #entry;
  #last;
  #timer = 0;

  /** @param {import("../../elements/entry.js").Entry} entry @param {{ record: string, number?: number } | undefined} last */
  constructor(entry, last) {
    this.#entry = entry;
    this.#last = last;
    this.#fill();
    one("#text").addEventListener("input", () => this.#typed());
    one("#dock").addEventListener("change", () => this.#keep());
    for (const button of this.#prompts) button.addEventListener("click", () => this.#press(button));
    addEventListener("pagehide", () => this.#timer && this.#keep());
    document.addEventListener("visibilitychange", () => this.#timer && this.#keep());
  }

  get text() {
    return this.#field.value;
  }

  save() {
    return this.#leave(this.#entry.save(this.#entry.day, this.#body()));
  }

  takeBack() {
    return this.#leave(this.#entry.save(this.#entry.day, null));
  }

  forget() {
    return this.#leave(this.#entry.forget());
  }

  #fill() {
    const { body, found } = this.#entry;
    this.#field.value = body.text ?? "";
    const reader = /** @type {HTMLInputElement} */ (one(`#dock [value="${body.audience ?? "me"}"]`));
    reader.checked = true;
    for (const button of this.#prompts) {
      this.#set(button, button.dataset.prompt === body.prompt);
      const fits = found ? button.dataset.prompt === body.prompt : this.#last || button.dataset.after === undefined;
      button.hidden = !fits;
    }
    one("#prompts").hidden = this.#prompts.every((button) => button.hidden);
    one("#when").textContent = this.#when();
    this.#grow();
  }

  #when() {
    const { found, body } = this.#entry;
    const felt = found?.heads[0].felt_at ?? localIso();
    const about = found ? body.treatment === this.#last?.record : true;
    const after =
      !this.#last || !about ? [] : [this.#last.number ? say("after", { n: this.#last.number }) : say("after_plain")];
    return [`${capital(longDay(dayOf(felt)))}, ${clock(felt)}`, ...after].join(" · ");
  }

  #body() {
    const { body, found } = this.#entry;
    const pressed = this.#prompts.find((button) => button.getAttribute("aria-pressed") === "true");
    const reader = /** @type {HTMLInputElement} */ (one("#dock :checked"));
    const treatment = found ? body.treatment : this.#last?.record;
    return {
      text: this.text.trim(),
      audience: reader.value,
      ...(pressed && { prompt: pressed.dataset.prompt }),
      ...(treatment && { treatment }),
    };
  }

  #typed() {
    this.#grow();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#keep(), BEHIND);
  }

  #keep() {
    clearTimeout(this.#timer);
    this.#timer = 0;
    const isBlank = !this.text.trim() && !this.#entry.found;
    void (isBlank ? this.#entry.forget() : this.#entry.keep(this.#entry.day, { ...this.#body(), text: this.text }));
  }

  /** @param {Promise<unknown>} work @returns {Promise<boolean>} whether it is on disk */
  async #leave(work) {
    clearTimeout(this.#timer);
    this.#timer = 0;
    const ok = await work.then(
      () => true,
      () => false,
    );
    return ok;
  }

  /** @param {HTMLElement} pressed */
  #press(pressed) {
    const on = pressed.getAttribute("aria-pressed") !== "true";
    for (const button of this.#prompts) this.#set(button, on && button === pressed);
    this.#keep();
    this.#field.focus();
  }

  /** @param {HTMLElement} button @param {boolean} on */
  #set(button, on) {
    button.setAttribute("aria-pressed", String(on));
  }

  #grow() {
    if (CSS.supports("field-sizing", "content")) return;
    this.#field.style.setProperty("height", "auto");
    this.#field.style.setProperty("height", `${this.#field.scrollHeight}px`);
  }

  get #field() {
    return /** @type {HTMLTextAreaElement} */ (one("#text"));
  }
  get #prompts() {
    return all("#prompts button");
  }
}
