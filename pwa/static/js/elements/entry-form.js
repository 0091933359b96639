import { named } from "./entry.js";
import { tell } from "./dock.js";
import { showFaults } from "./faults.js";
import { offerToTakeBack } from "./take-back.js";
import { Unsaved } from "./unsaved.js";
import { say } from "./words.js";

/** A draft follows typing this far behind, in ms; a tap is kept at once. */
const BEHIND = 250;

/**
 * What differs from page to page.
 * @typedef {object} Asks
 * @property {() => { day: string, body: Record<string, any> }} read
 * @property {(day: string, body: Record<string, any>) => void} fill
 * @property {(body: Record<string, any>) => boolean} [blank]  whether nothing is answered
 * @property {() => void} saved
 */

/**
 * The form around one entry: keeps the draft, saves, takes back, and says in the dock what became of it.
 * @param {import("./entry.js").Entry} entry
 * @param {Asks} asks
 */
export function attend(entry, asks) {
  const form = /** @type {HTMLFormElement} */ (document.querySelector("#entry"));
  const unsaved = new Unsaved({
    phone: entry.phone,
    tell,
    save: () => form.requestSubmit(),
    keep: () => form.dispatchEvent(new Event("answer")),
    copy: () => entry.copy(asks.read().body),
  });
  asks.fill(entry.day, entry.body);
  keepDrafts(form, entry, unsaved, asks);
  offerToStartAgain(entry);
  if (entry.found) {
    showFaults(entry.found.attention);
    offerToTakeBack(entry, unsaved);
  }
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    save(form, (day, body) => unsaved.onDisk(() => entry.save(day, body)), asks);
  });
  form.addEventListener("keydown", (event) => {
    const isInput = /** @type {HTMLElement} */ (event.target).matches("input");
    if (event.key === "Enter" && isInput) event.preventDefault(); // only Save saves
  });
  addEventListener("hashchange", () => named() && location.reload());
  form.hidden = false;
}

/**
 * @param {HTMLFormElement} form
 * @param {import("./entry.js").Entry} entry
 * @param {Unsaved} unsaved
 * @param {Asks} asks
 */
function keepDrafts(form, entry, unsaved, asks) {
  let timer = 0;
  const keep = () => {
    clearTimeout(timer);
    if (form.inert) return;
    const { day, body } = asks.read();
    void unsaved.draft(entry.keep(day, body, !isBlank(asks, body) || day !== entry.day));
  };
  form.addEventListener("answer", () => {
    unsaved.typed();
    keep();
  });
  form.addEventListener("moved", keep);
  form.addEventListener("input", ({ target }) => {
    unsaved.typed();
    clearTimeout(timer);
    if (/** @type {HTMLElement} */ (target).matches(".field")) timer = setTimeout(keep, BEHIND);
  });
  document.addEventListener("visibilitychange", () => timer && keep());
}

/** @param {import("./entry.js").Entry} entry */
function offerToStartAgain(entry) {
  const line = one("#drafted");
  line.hidden = !entry.drafted;
  one("#drafted button").addEventListener("click", async () => {
    await entry.forget();
    location.reload();
  });
}

/**
 * @param {HTMLFormElement} form
 * @param {(day: string, body: Record<string, any>) => Promise<boolean>} onDisk
 * @param {Asks} asks
 */
async function save(form, onDisk, asks) {
  if (form.inert) return; // a second tap on Save would make a second version
  const wrong = /** @type {HTMLInputElement | null} */ (form.querySelector("input:invalid"));
  if (wrong) return refuse(wrong);
  const { day, body } = asks.read();
  if (isBlank(asks, body)) return tell(say("answer_something"));
  form.inert = true;
  if (await onDisk(day, body)) asks.saved();
  else form.inert = false;
}

/** @param {Asks} asks @param {Record<string, any>} body */
const isBlank = ({ blank }, body) => (blank ? blank(body) : !Object.keys(body).length);

/** @param {HTMLInputElement} field */
function refuse(field) {
  field.setAttribute("aria-invalid", "true");
  field.addEventListener("input", () => field.removeAttribute("aria-invalid"), { once: true });
  field.focus();
  tell(field.dataset.wrong ?? "");
}

/** @param {string} selector */
const one = (selector) => /** @type {HTMLElement} */ (document.querySelector(selector));
