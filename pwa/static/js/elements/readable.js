// A file that anyone can read, with nothing but a browser, of what a patient said. Pure.
import { Spoken } from "./spoken.js";
import { clock, dayOf, fullDay } from "./when.js";

/** @typedef {import("../store/types.js").Entry} Entry */
/** @typedef {{ kind: string, body: Record<string, any> }} OnScreen */
/**
 * @typedef {object} Told
 * @property {Entry[]} entries the newest first
 * @property {number} withdrawn
 * @property {number} unreadable
 * @property {boolean} unread  whether what is kept could not be read
 * @property {boolean} onlyWaiting
 * @property {OnScreen | null} onScreen
 * @property {any[]} treatments
 */

const STYLE = `body{font:17px/1.5 system-ui,sans-serif;max-width:40em;margin:2em auto;padding:0 1em;color:#11272d}
h1,h2{font-weight:500}h2{border-top:1px solid #6d8286;padding-top:1em}article{margin:0 0 1.5em}h3{margin:0}
p{margin:.3em 0;white-space:pre-line}.of{color:#3b5157;font-size:.9em}`;

/**
 * @param {Told} told
 * @param {import("./spoken.js").Words} words
 * @param {string} language
 * @param {string} now by this phone's clock
 * @returns {string} a whole HTML page
 */
export function readable(told, words, language, now) {
  const spoken = new Spoken(words, language, told.treatments);
  const title = escaped(spoken.say(told.onlyWaiting ? "title_waiting" : "title"));
  const page = [
    `<!doctype html><html lang="${language}"><head><meta charset="utf-8">`,
    `<meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title>`,
    `<style>${STYLE}</style></head><body><h1>${title}</h1>`,
    ...head(spoken, told, now).map(paragraph),
    ...(told.onScreen ? typed(spoken, told.onScreen) : []),
    ...told.entries.toReversed().flatMap((entry, at, all) => kept(spoken, entry, all[at - 1])),
    "</body></html>",
  ];
  return page.join("\n");
}

/** @param {Spoken} spoken @param {Told} told @param {string} now */
function head(spoken, { entries, withdrawn, unreadable, unread }, now) {
  return [
    spoken.say("written", { day: fullDay(dayOf(now)), time: clock(now) }),
    unread ? spoken.say("unread") : spoken.say(entries.length ? "count" : "none", { n: entries.length }),
    ...(withdrawn ? [spoken.say("withdrawn", { n: withdrawn })] : []),
    ...(unreadable ? [spoken.say("unreadable", { n: unreadable })] : []),
  ];
}

/** @param {Spoken} spoken @param {OnScreen} typed */
function typed(spoken, { kind, body }) {
  const lines = spoken.answers(kind, body);
  return [`<h2>${escaped(spoken.say("on_screen"))}</h2>`, ...article(spoken, spoken.kind(kind), [lines], [])];
}

/** What another app wrote may lack anything: then it is written as it is. @param {Spoken} spoken @param {Entry} entry @param {Entry} [before] */
function kept(spoken, entry, before) {
  try {
    return wellFormed(spoken, entry, before);
  } catch {
    return article(spoken, spoken.kind(entry.kind), [[JSON.stringify(entry.heads.map(({ body }) => body))]], []);
  }
}

/** @param {Spoken} spoken @param {Entry} entry @param {Entry} [before] */
function wellFormed(spoken, { kind, day, heads, waiting, attention, audience }, before) {
  const heading = before?.day === day ? [] : [`<h2>${escaped(fullDay(day))}</h2>`];
  const held = attention?.some(({ code }) => code === "too-large");
  const stands = attention ? (held ? "held" : "attention") : waiting ? "waiting" : "sent";
  const readers = audience ? spoken.line(kind, "audience", audience) : spoken.say("care-team");
  const texts = heads.map(({ body }) => spoken.answers(kind, body ?? {}));
  const title = `${spoken.kind(kind)}, ${clock(heads[0].felt_at)}`;
  return [...heading, ...article(spoken, title, texts, [readers, spoken.say(stands)])];
}

/** @param {Spoken} spoken @param {string} title @param {string[][]} texts lines of each head @param {string[]} about */
function article(spoken, title, [first, ...others], about) {
  const also = others.flatMap((lines) => [`<h4>${escaped(spoken.say("also"))}</h4>`, ...lines.map(paragraph)]);
  const foot = about.map((line) => `<p class="of">${escaped(line)}</p>`);
  return [`<article><h3>${escaped(title)}</h3>`, ...first.map(paragraph), ...also, ...foot, "</article>"];
}

/** @param {string} text */
const paragraph = (text) => `<p>${escaped(text)}</p>`;

/** @param {string} text */
function escaped(text) {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
