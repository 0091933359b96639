import { shortDay } from "../../elements/when.js";
import { say } from "../../elements/words.js";
import { copyOf, one } from "../parts/come-in.js";

/** @typedef {{ words: string, measure: string, levels?: { day: string, level: number }[], done?: boolean }} Goal */

/** What patient and therapist want to reach, and how near they said it is at each visit. @param {Goal[]} goals */
export function showGoals(goals) {
  const open = goals.filter(({ done }) => !done);
  one("#goals").hidden = !open.length;
  one("#goals ul").replaceChildren(...open.map(item));
}

/** @param {Goal} goal */
function item({ words, measure, levels = [] }) {
  const item = copyOf("goal");
  const [what, how] = item.children;
  what.textContent = words;
  how.textContent =
    levels.map(({ day, level }) => `${shortDay(day)}: ${near(measure, level)}`).join(" · ") || say("not_set");
  return item;
}

/** @param {string} measure @param {number} level */
const near = (measure, level) => (measure === "ten" ? say("of_ten", { n: level }) : say(`three.${level}`));
