import { felt, longDay } from "../../elements/when.js";
import { say } from "../../elements/words.js";

/**
 * When an entry was felt, and after which session: "Friday 20 November, 9:12 · after session 3".
 * @param {import("../../elements/entry.js").Entry} entry
 * @param {{ record: string, number?: number } | undefined} last the last session that has begun
 */
export function aboutOf(entry, last) {
  const { found, body } = entry;
  const when = felt(entry.felt(), longDay);
  if (!last || (found && body.treatment !== last.record)) return when;
  return `${when} · ${last.number ? say("after", { n: last.number }) : say("after_plain")}`;
}
