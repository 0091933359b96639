import { answersIn } from "./answer.js";
import { hush } from "./dock.js";
import { say } from "./words.js";

/**
 * One question a screen, for the hours after a session: the same fields, shown one after the other, with Back and Skip
 * always in the same place. It moves only when asked to.
 */
export class Stages {
  #form;
  #nav;
  /** @type {HTMLElement} */
  #now;

  /**
   * @param {HTMLElement} form  its questions carry `data-stage`, in order; the last one is the end
   * @param {() => void} leave  what Back does on the first screen
   */
  constructor(form, leave) {
    this.#form = form;
    this.#nav = /** @type {HTMLElement} */ (document.querySelector("#stage-nav"));
    form.dataset.stages = "";
    hush();
    this.#nav.hidden = false;
    this.#button("back").addEventListener("click", () => this.#step(-1) || leave());
    this.#button("on").addEventListener("click", () => this.#step(1));
    form.addEventListener("answer", () => this.#draw());
    this.#now = this.#stages.find((stage) => !isAnswered(stage)) ?? this.#stages[0];
    this.#draw();
  }

  /** @param {1 | -1} by */
  #step(by) {
    const next = this.#stages[this.#stages.indexOf(this.#now) + by];
    if (!next) return false;
    this.#now = next;
    this.#draw();
    scrollTo(0, 0);
    next.tabIndex = -1;
    next.focus({ preventScroll: true });
    return true;
  }

  #draw() {
    const stages = this.#stages;
    for (const stage of stages) stage.toggleAttribute("data-now", stage === this.#now);
    const [place, last] = [stages.indexOf(this.#now) + 1, stages.length - 1];
    const count = /** @type {HTMLElement} */ (this.#form.querySelector("[data-count]"));
    count.textContent = place > last || last === 1 ? "" : say("question", { n: place, max: last });
    const on = this.#button("on");
    on.textContent = say(isAnswered(this.#now) ? "next" : "skip");
    on.classList.toggle("line", !isAnswered(this.#now));
    on.hidden = place > last;
    this.#save.classList.toggle("line", place <= last);
  }

  get #save() {
    return /** @type {HTMLElement} */ (document.querySelector(".dock [type=submit]"));
  }

  get #stages() {
    const all = /** @type {HTMLElement[]} */ ([...this.#form.querySelectorAll("[data-stage]")]);
    return all.filter((stage) => !stage.closest("[hidden]"));
  }

  /** @param {"back" | "on"} name */
  #button(name) {
    return /** @type {HTMLButtonElement} */ (this.#nav.querySelector(`[data-${name}]`));
  }
}

/** @param {HTMLElement} stage */
const isAnswered = (stage) =>
  [stage, ...answersIn(stage)].some(
    (answer) => "value" in answer && answer.value !== null && answer.value !== undefined,
  );
