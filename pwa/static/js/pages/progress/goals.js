import { shortDay } from "../../elements/when.js";
import { say } from "../../elements/words.js";
import { copyOf, here, one } from "../parts/come-in.js";

/** @typedef {import("../../store/entries.js").Aim} Aim */

/** As many as stand beside a goal; the clinic shows as many. */
const LAST = 8;

/** What patient and therapist want to reach, and how near they and the patient said it is. @param {Aim[]} aims */
export function showGoals(aims) {
  one("#goals").hidden = !aims.length;
  one("#goals ul").replaceChildren(...[...aims].sort((a, b) => Number(a.done) - Number(b.done)).map(item));
}

/** @param {Aim} aim */
function item({ record, words, measure, levels, done }) {
  const item = copyOf("goal");
  const [what, how, link] = item.children;
  const shown = levels.slice(-LAST).map(({ day, level }) => `${shortDay(day)}: ${near(measure, level)}`);
  what.textContent = words;
  how.textContent = [shown.join(" · ") || say("not_set"), ...(done ? [say("let_go")] : [])].join(". ");
  /** @type {HTMLAnchorElement} */ (link).href = `${here("goal")}#${record}`;
  link.append(Object.assign(document.createElement("span"), { className: "vh", textContent: `: ${words}` }));
  return item;
}

/** @param {string} measure @param {number} level */
const near = (measure, level) => (measure === "ten" ? say("of_ten", { n: level }) : say(`three.${level}`));
