import { capital, clock, dayOf, nearDay } from "../../elements/when.js";
import { one } from "../parts/come-in.js";

/** @typedef {{ status: string, at: string, minutes: number }} Visit */

/** The next visit with the therapist, or the one that is on. @param {Visit[]} visits @param {Date} now */
export function showVisit(visits, now) {
  const ahead = visits.filter(({ status, at, minutes }) => status === "planned" && end(at, minutes) > now.getTime());
  const next = ahead.sort((one, other) => Date.parse(one.at) - Date.parse(other.at))[0];
  const row = one("#visit");
  row.hidden = !next;
  if (!next) return;
  /** @type {HTMLElement} */ (row.querySelector("span span")).textContent =
    `${capital(nearDay(dayOf(next.at)))}, ${clock(next.at)}`;
}

/** @param {string} at @param {number} minutes */
const end = (at, minutes) => Date.parse(at) + minutes * 60_000;
