import { dayOf, shortDay } from "../../elements/when.js";
import { say } from "../../elements/words.js";
import { begun } from "../today/now.js";

/** @typedef {import("../../store/types.js").Entry} Entry */
/** @typedef {import("../today/now.js").Treatment} Treatment */

/**
 * Entries under the sessions between which they were felt, in the order in which they come.
 * @param {Entry[]} entries the newest first
 * @param {Treatment[]} treatments in order
 * @returns {{ title: string, entries: Entry[] }[]}
 */
export function grouped(entries, treatments) {
  const given = begun(treatments, new Date());
  /** @type {Map<number, Entry[]>} */
  const groups = new Map();
  for (const entry of entries) {
    const felt = Date.parse(entry.heads[0].felt_at);
    const after = given.findLastIndex(({ at }) => Date.parse(at) <= felt);
    groups.set(after, [...(groups.get(after) ?? []), entry]);
  }
  return [...groups].map(([after, entries]) => ({ title: titleOf(given, after), entries }));
}

/** @param {Treatment[]} given @param {number} after */
function titleOf(given, after) {
  const [last, next] = [given[after], given[after + 1]];
  if (!last) return next ? say("before") : "";
  if (!next) return last.number ? say("after", { n: last.number }) : say("after_day", { day: dayIn(last) });
  if (last.number && next.number) return say("between", { a: last.number, b: next.number });
  return say("between_days", { a: dayIn(last), b: dayIn(next) });
}

/** @param {Treatment} treatment */
const dayIn = ({ at }) => shortDay(dayOf(at));
