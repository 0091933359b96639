import { answersIn } from "./answer.js";
import { hush } from "./dock.js";
import { say } from "./words.js";

/**
 * One question a screen, for the hours after a session: the same fields, shown one after the other, with Back and Skip
 * always in the same place. It moves only when asked to, can be saved at each point, and the draft keeps the place.
 */
export class Stages {
  #form;
  #entry;
  #nav = one("#stage-nav");
  #save = one(".dock [type=submit]");
  #count;
  /** @type {HTMLElement} */
  #now;

  /**
   * @param {HTMLElement} form  its questions carry `data-stage`, in order; the last one is the end
   * @param {import("./entry.js").Entry} entry
   * @param {() => void} leave  what Back does on the first screen
   */
  constructor(form, entry, leave) {
    this.#form = form;
    this.#entry = entry;
    this.#count = /** @type {HTMLElement} */ (form.querySelector("[data-count]"));
    form.dataset.stages = "";
    hush();
    this.#nav.hidden = false;
    this.#button("back").addEventListener("click", () => this.#step(-1) || leave());
    this.#button("on").addEventListener("click", () => this.#step(1));
    form.addEventListener("answer", () => this.#draw());
    form.addEventListener("chosen", ({ target }) => {
      const stage = this.#stages.find((stage) => stage === target);
      if (stage) this.#go(stage);
    });
    form.addEventListener("rest", () => this.#go(/** @type {HTMLElement} */ (this.#stages.at(-1))));
    const stages = this.#stages;
    this.#now =
      stages.find((stage) => nameOf(stage) === entry.place) ??
      (entry.found ? stages.find(goesOn) : undefined) ??
      stages.find(isOpen) ??
      stages[0];
    this.#draw();
  }

  /** @param {1 | -1} by */
  #step(by) {
    const next = this.#stages[this.#stages.indexOf(this.#now) + by];
    if (next) this.#go(next);
    return !!next;
  }

  /** @param {HTMLElement} stage */
  #go(stage) {
    this.#now = stage;
    this.#draw();
    this.#form.dispatchEvent(new Event("moved"));
    scrollTo(0, 0);
    const heading = this.#count.hasChildNodes() ? this.#count : stage;
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
  }

  #draw() {
    const stages = this.#stages;
    for (const stage of stages) stage.toggleAttribute("data-now", stage === this.#now);
    this.#entry.place = nameOf(this.#now);
    const [place, last] = [stages.indexOf(this.#now) + 1, stages.length - 1];
    const isEnd = place > last;
    this.#tellPlace(isEnd || last === 1 ? "" : say("question", { n: place, max: last }));
    const on = this.#button("on");
    on.textContent = say(isOpen(this.#now) ? "skip" : "next");
    on.classList.toggle("line", isOpen(this.#now));
    on.hidden = isEnd;
    this.#save.classList.toggle("line", !isEnd);
    this.#save.textContent = say(isEnd ? "save" : "finish_now");
  }

  /** The heading of a screen: where one is, and for who hears it what is asked. @param {string} place */
  #tellPlace(place) {
    if (!place) return this.#count.replaceChildren();
    const asked = document.createElement("span");
    asked.className = "vh";
    const words = /** @type {HTMLElement | null} */ (this.#now.querySelector("legend, .h2, b"));
    asked.textContent = ` ${words?.innerText ?? ""}`; // as it is seen: a part of it may be hidden
    this.#count.replaceChildren(place, asked);
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

/** Whether nothing is answered there. @param {HTMLElement} stage */
const isOpen = (stage) =>
  [stage, ...answersIn(stage)].every((answer) => !("value" in answer) || (answer.value ?? null) === null);

/** Whether what was felt there is not said to be gone. @param {HTMLElement & { value?: any }} stage */
const goesOn = ({ value }) => value?.severity > 0 && value.ongoing !== false;

/** @param {HTMLElement} stage */
const nameOf = (stage) => stage.dataset.stage || (stage.getAttribute("effect") ?? stage.getAttribute("name") ?? "");

/** @param {string} selector */
function one(selector) {
  return /** @type {HTMLElement} */ (document.querySelector(selector));
}
