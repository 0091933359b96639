import { backAt, coverWords } from "./cover.js";
import { say, seenWords } from "./words.js";
import { seenAt } from "../store/entries.js";

/**
 * `<tide-thoughts>`: the question about thoughts, and the help that a yes brings at once, with or without a connection.
 * It says whether the clinic has been told, and takes that back never too early.
 */
export class Thoughts extends HTMLElement {
  #byArrow = false;
  /** Moves out of the form once that is saved. */
  #note = /** @type {HTMLElement} */ (this.querySelector(".beside"));
  #offer = /** @type {HTMLElement} */ (this.querySelector("[data-offered]"));

  connectedCallback() {
    this.choice.addEventListener("answer", () => this.#answered());
    this.choice.addEventListener("keydown", (event) => this.#key(event));
    this.choice.addEventListener("pointerdown", () => (this.#byArrow = false));
  }

  get choice() {
    return /** @type {import("./answer.js").Answer} */ (this.querySelector("tide-choice"));
  }

  get isYes() {
    return this.#meansYes(this.choice.value);
  }

  /** @param {string | null | undefined} answer  whether it is a yes */
  #meansYes(answer) {
    return (this.dataset.yes ?? "").split(" ").includes(answer ?? "no");
  }

  /** Opened or changed: shows the help, or puts it away; to who would rather not say it is only offered. */
  draw() {
    this.#note.hidden = !this.isYes;
    this.#offer.hidden = this.choice.value !== this.#offer.dataset.offered;
  }

  /** @param {boolean} asked */
  ask(asked) {
    const turned = this.choice.hidden === asked;
    this.choice.hidden = !asked;
    this.hidden = !asked && !this.isYes;
    if (turned && this.isYes) this.tell(say(asked ? "told_unsaved" : "told_other_day"));
  }

  /** @param {string} sentence */
  tell(sentence) {
    const status = /** @type {HTMLElement} */ (this.#note.querySelector("[role=status]"));
    if (status.textContent !== sentence) status.textContent = sentence;
  }

  /** Saved: the form goes, the help stays. */
  stay() {
    document.querySelector("#stays a")?.before(this.#note);
    document.body.dataset.stays = "";
    this.#note.focus();
  }

  /**
   * Until something is answered, the note tells what became of the answer that was saved.
   * @param {import("../store/phone.js").Phone} phone
   * @param {import("./entry.js").Entry} entry
   */
  keepTelling(phone, { record, found }) {
    const known = found && !found.waiting && !found.attention && this.#meansYes(found.heads[0].body?.thoughts);
    let isChanged = false; // what was being looked up then is no longer true
    const tell = async () => {
      const words = await told(phone, record, !!known);
      if (!isChanged) this.tell(words);
    };
    phone.addEventListener("change", tell);
    this.closest("form")?.addEventListener("answer", () => (isChanged = true), { once: true });
    return tell();
  }

  #answered() {
    this.draw();
    if (!this.isYes) return;
    this.tell(say("told_unsaved"));
    if (!this.#byArrow) this.#help();
  }

  /**
   * With arrow keys a person passes one answer to reach the next: then the help waits for Space, or for Tab.
   * @param {KeyboardEvent} event
   */
  #key(event) {
    this.#byArrow = event.key.startsWith("Arrow");
    if (event.key === " " && this.isYes) this.#help();
  }

  #help() {
    this.#note.focus({ preventScroll: true });
    this.#note.scrollIntoView({ block: "center" });
  }
}

/**
 * What is true of the entry now: told only after the receipt.
 * @param {import("../store/phone.js").Phone} phone
 * @param {string} record
 * @param {boolean} before  whether an earlier yes of this entry has reached the clinic
 */
async function told(phone, record, before) {
  if (phone.locked) return say("told_waiting"); // what became of it is known after unlocking
  const [entry, { card, seen }] = await Promise.all([phone.entry(record), phone.clinic()]);
  if (!entry || entry.attention) return say("told_attention");
  if (entry.waiting) return say(before ? "told_before" : "told_waiting");
  const at = seenAt(entry, seen);
  if (at) return seenWords(at);
  const when = backAt(card);
  return when ? say("told", { when }) : (coverWords(card, "told_there") ?? say("told_no_time"));
}

customElements.define("tide-thoughts", Thoughts);
