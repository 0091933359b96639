import { Unsaved } from "../../elements/unsaved.js";
import { all, one } from "../parts/come-in.js";
import { aboutOf } from "./about.js";

/** A draft follows typing this far behind, in ms. */
const BEHIND = 250;

/** The editor around one journal entry: what stands in it, its draft, its saving and taking back. */
export class Writing {
  #entry;
  #lastAt;
  #timer = 0;
  #unsaved;

  /**
   * @param {import("../../elements/entry.js").Entry} entry
   * @param {(moment: Date) => { record: string, number?: number } | undefined} lastAt  the last session that had begun then
   * @param {(words?: string) => void} tell
   */
  constructor(entry, lastAt, tell) {
    this.#entry = entry;
    this.#lastAt = lastAt;
    this.#unsaved = new Unsaved({
      phone: entry.phone,
      tell,
      save: () => /** @type {HTMLFormElement} */ (one("#write")).requestSubmit(),
      keep: () => this.#keep(),
      copy: () => entry.copy(this.#body()),
    });
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
    return this.#leave(() => this.#entry.save(this.#entry.day, this.#body()));
  }

  takeBack() {
    return this.#leave(() => this.#entry.save(this.#entry.day, null));
  }

  forget() {
    return this.#leave(() => this.#entry.forget());
  }

  #fill() {
    const { body, found } = this.#entry;
    this.#field.value = body.text ?? "";
    const readers = /** @type {HTMLInputElement[]} */ (all("#dock [name=audience]"));
    (readers.find(({ value }) => value === body.audience) ?? readers[0]).checked = true;
    for (const button of this.#prompts) {
      button.ariaPressed = String(button.dataset.prompt === body.prompt);
      const fits = found ? button.dataset.prompt === body.prompt : this.#last || button.dataset.after === undefined;
      button.hidden = !fits;
    }
    one("#prompts").hidden = this.#prompts.every((button) => button.hidden);
    this.#tellWhen();
    this.#grow();
  }

  #tellWhen() {
    one("#when").textContent = aboutOf(this.#entry, this.#last);
  }

  #body() {
    const { body, found } = this.#entry;
    const { prompt, ...rest } = body; // of a newer app too: an edit here must not lose what it wrote
    const pressed = this.#prompts.find((button) => button.ariaPressed === "true")?.dataset.prompt;
    const chosen = pressed ?? (this.#prompts.some((button) => button.dataset.prompt === prompt) ? undefined : prompt);
    const reader = /** @type {HTMLInputElement} */ (one("#dock :checked"));
    const treatment = found ? body.treatment : this.#last?.record;
    return {
      ...rest,
      text: this.text.trim(),
      audience: reader.value,
      ...(chosen && { prompt: chosen }),
      ...(treatment && { treatment }),
    };
  }

  #typed() {
    this.#unsaved.typed();
    this.#grow();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#keep(), BEHIND);
  }

  #keep() {
    clearTimeout(this.#timer);
    this.#timer = 0;
    const isBlank = !this.text.trim() && !this.#entry.found;
    const body = { ...this.#body(), text: this.text };
    void this.#unsaved.draft(isBlank ? this.#entry.forget() : this.#entry.keep(this.#entry.day, body));
    this.#tellWhen();
  }

  /** @param {() => Promise<void>} work @returns {Promise<boolean>} whether it is on disk */
  async #leave(work) {
    clearTimeout(this.#timer);
    this.#timer = 0;
    one("#write").inert = true;
    const isDone = await this.#unsaved.onDisk(work);
    one("#write").inert = isDone;
    return isDone;
  }

  /** @param {HTMLElement} pressed */
  #press(pressed) {
    const on = pressed.ariaPressed !== "true";
    for (const button of this.#prompts) button.ariaPressed = String(on && button === pressed);
    this.#keep();
    this.#field.focus();
  }

  #grow() {
    if (CSS.supports("field-sizing", "content")) return;
    this.#field.style.setProperty("height", "auto");
    this.#field.style.setProperty("height", `${this.#field.scrollHeight}px`);
  }

  get #last() {
    return this.#lastAt(new Date(this.#entry.felt()));
  }
  get #field() {
    return /** @type {HTMLTextAreaElement} */ (one("#text"));
  }
  get #prompts() {
    return all("#prompts button");
  }
}
