import { capital, clock, dayOf, longDay } from "../../elements/when.js";
import { say } from "../../elements/words.js";
import { localIso } from "../../store/days.js";

/**
 * When an entry was felt, and after which session: "Friday 20 November, 9:12 · after session 3".
 * @param {import("../../elements/entry.js").Entry} entry
 * @param {{ record: string, number?: number } | undefined} last the last session that has begun
 */
export function aboutOf({ found, body }, last) {
  const felt = found?.heads[0].felt_at ?? localIso();
  const when = `${capital(longDay(dayOf(felt)))}, ${clock(felt)}`;
  if (!last || (found && body.treatment !== last.record)) return when;
  return `${when} · ${last.number ? say("after", { n: last.number }) : say("after_plain")}`;
}
