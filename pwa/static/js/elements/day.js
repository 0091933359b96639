import { addDays, localIso, today } from "../store/days.js";
import { Answer } from "./answer.js";
import { say, shortDay } from "./words.js";

/**
 * `<tide-day>`: the civil day that an entry is about: today, yesterday, or an earlier one; until 03:00 "last night".
 * Never a day that has not come.
 */
export class ChosenDay extends Answer {
  #today = today();
  #calendar = localIso().slice(0, 10);

  wire() {
    this.#offerAll();
    this.addEventListener("change", () => this.#changed());
  }

  /**
   * A page may lie open, or in sight, while a new day begins. Until something is said it is then about that day; what was
   * chosen stays, under the name that it has by now.
   * @param {HTMLElement} form
   * @param {import("./entry.js").Entry} entry
   */
  follow(form, entry) {
    const turn = () => {
      if (!this.#hasTurned) return;
      [this.#today, this.#calendar] = [today(), localIso().slice(0, 10)];
      this.#offerAll();
      this.value = entry.dated ? this.value : entry.day;
      this.dispatchEvent(new Event("turned"));
    };
    document.addEventListener("visibilitychange", turn);
    const said = (/** @type {Event} */ { target }) => this.contains(/** @type {Node} */ (target)) || turn(); // a day is tapped as one sees it
    for (const news of ["input", "answer"]) form.addEventListener(news, said, true);
  }

  get #hasTurned() {
    return this.#today !== today() || this.#calendar !== localIso().slice(0, 10);
  }

  #offerAll() {
    const night = this.#today !== this.#calendar;
    this.#offer(0, this.#today, night ? "last_night" : "today");
    this.#offer(1, night ? this.#calendar : addDays(this.#today, -1), night ? "today" : "yesterday");
    this.#date.max = this.#calendar;
  }

  draw() {
    const fitting = this.#radios.find((radio) => radio.value === this.value);
    (fitting ?? this.#other).checked = true;
    if (!fitting && this.value) this.#date.value = this.value;
    this.#open(!fitting);
  }

  /** Whether it is past for a person who counts a night to the day before. */
  get earlier() {
    return this.value < this.#today;
  }

  #changed() {
    this.#open(this.#other.checked);
    if (!this.#other.checked) return this.say(this.#radios.find((radio) => radio.checked)?.value);
    if (this.#date.value && this.#date.validity.valid) this.say(this.#date.value);
  }

  /** @param {boolean} open */
  #open(open) {
    const box = /** @type {HTMLElement} */ (this.querySelector("[data-other]"));
    this.#date.required = open;
    this.#date.disabled = !open;
    box.hidden = !open;
  }

  /**
   * @param {number} place
   * @param {string} day
   * @param {string} word
   */
  #offer(place, day, word) {
    const radio = this.#radios[place];
    radio.value = day;
    const [name, date] = radio.labels?.[0].querySelectorAll("span, small") ?? [];
    name.textContent = say(word);
    date.textContent = shortDay(day);
  }

  get #radios() {
    return /** @type {HTMLInputElement[]} */ ([...this.querySelectorAll("input[type=radio]")]);
  }
  get #other() {
    return /** @type {HTMLInputElement} */ (this.#radios.at(-1));
  }
  get #date() {
    return /** @type {HTMLInputElement} */ (this.querySelector("input[type=date]"));
  }
}

customElements.define("tide-day", ChosenDay);
