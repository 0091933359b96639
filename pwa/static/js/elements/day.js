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

  /** Whether a new day has begun while the page lay open. What was chosen stays, under the name that it has by now. */
  turn() {
    const has = this.#today !== today() || this.#calendar !== localIso().slice(0, 10);
    if (!has) return false;
    [this.#today, this.#calendar] = [today(), localIso().slice(0, 10)];
    this.#offerAll();
    this.draw();
    return true;
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
