import { addDays, daysBetween, localIso, today } from "../store/days.js";

// Days and times as the pages write them: Thursday 5 November, Thu 5 Nov, 8:40; jeudi 5 novembre, jeu. 5 nov., 8 h 40.
const LOCALE = document.documentElement.lang === "fr" ? "fr-CA" : "en-GB";

/** @type {Map<string, Intl.DateTimeFormat>} */
const forms = new Map();

/** @param {Intl.DateTimeFormatOptions} options @param {number} moment */
function written(options, moment) {
  const key = JSON.stringify(options);
  const form = forms.get(key) ?? new Intl.DateTimeFormat(LOCALE, { timeZone: "UTC", ...options });
  forms.set(key, form);
  return form.format(moment);
}

/** @param {string} day */
const at = (day) => Date.parse(`${day}T12:00Z`);

/** Thursday 5 November. @param {string} day */
export const longDay = (day) => written({ weekday: "long", day: "numeric", month: "long" }, at(day));

/** Thu 5 Nov, with its year when that is another one. @param {string} day */
export function shortDay(day) {
  const year = day.slice(0, 4) === today().slice(0, 4) ? {} : /** @type {const} */ ({ year: "numeric" });
  return written({ weekday: "short", day: "numeric", month: "short", ...year }, at(day)).replace(",", "");
}

/** Thursday 5 November 2026. @param {string} day */
export const fullDay = (day) =>
  written({ weekday: "long", day: "numeric", month: "long", year: "numeric" }, at(day)).replace(",", "");

/** Thu. @param {string} day */
export const shortWeekday = (day) => written({ weekday: "short" }, at(day));

/** As within a sentence: Monday, Tuesday and Saturday. @param {number[]} days of the week, Monday is 1 */
export const listOfDays = (days) =>
  new Intl.ListFormat(LOCALE).format(
    [...days].sort().map((day) => written({ weekday: "long" }, at(`2001-01-0${day}`))), // a Monday was the first
  );

/** The wall clock that an ISO text itself shows, wherever this phone is now; it never breaks. @param {string} iso */
export const clock = (iso) =>
  written({ hour: "numeric", minute: "2-digit", hourCycle: "h23" }, Date.parse(`${iso.slice(0, 16)}Z`)).replace(
    /\s/g,
    "\u00a0",
  );

/** The civil day that an ISO text itself shows. @param {string} iso */
export const dayOf = (iso) => iso.slice(0, 10);

/** As within a sentence: today, yesterday, tomorrow, Tuesday, or Thu 5 Nov. @param {string} day */
export function nearDay(day, now = dayOf(localIso())) {
  const away = daysBetween(now, day);
  if (Math.abs(away) < 2) return relative(away);
  return Math.abs(away) < 7 ? written({ weekday: "long" }, at(day)) : shortDay(day);
}

/** Of the middle of a day, that is of an entry about another day, nobody gave the hour. @param {string} iso */
const isDayAlone = (iso) => iso.slice(11, 19) === "12:00:00";

/** When something was felt: Today, 8:40; Thu 5 Nov. @param {string} iso @param {(day: string) => string} inWords */
export const felt = (iso, inWords = nearDay) =>
  capital(inWords(dayOf(iso))) + (isDayAlone(iso) ? "" : `, ${clock(iso)}`);

/** As within a sentence: today, yesterday, 5 days ago. After midnight it is still today. @param {string} day */
export const howLongAgo = (day, now = today()) => relative(Math.min(daysBetween(now, day), 0));

/** @param {number} days */
const relative = (days) => new Intl.RelativeTimeFormat(LOCALE, { numeric: "auto" }).format(days, "day");

/** @param {string} text */
export const capital = (text) => text.charAt(0).toLocaleUpperCase(LOCALE) + text.slice(1);

/** The days up to and with this one, the oldest first. @param {string} last @param {number} count */
export const daysUpTo = (last, count) => Array.from({ length: count }, (_, at) => addDays(last, at - count + 1));
