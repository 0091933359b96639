import { shortWeekday } from "./when.js";

/**
 * The last seven days as wells of water; a blank day is dashed.
 * @param {HTMLElement} list
 * @param {{ day: string, mood: number | null }[]} days the oldest first, the last one is today
 * @param {{ blank: string, notYet: string }} words
 */
export function showWeek(list, days, words) {
  list.replaceChildren(...days.map((day, at) => item(day, at === days.length - 1, words)));
}

/** @param {{ day: string, mood: number | null }} one @param {boolean} isToday @param {{ blank: string, notYet: string }} words */
function item({ day, mood }, isToday, words) {
  const item = document.createElement("li");
  const well = document.createElement("span");
  well.className = "well";
  well.append(...(mood === null ? [unseen(isToday ? words.notYet : words.blank)] : level(mood)));
  item.classList.toggle("blank", mood === null);
  item.classList.toggle("is-today", isToday);
  if (isToday) item.setAttribute("aria-current", "date");
  item.append(well, shortWeekday(day).replace(".", ""));
  return item;
}

/** @param {number} mood */
function level(mood) {
  const [water, figure] = [document.createElement("i"), document.createElement("b")];
  water.style.setProperty("--v", String(mood));
  figure.textContent = String(mood);
  return [water, figure];
}

/** @param {string} words */
function unseen(words) {
  const span = document.createElement("span");
  span.className = "vh";
  span.textContent = words;
  return span;
}
