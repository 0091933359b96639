import { seenAt } from "../../store/entries.js";
import { dayOf, nearDay } from "../../elements/when.js";
import { say } from "../../elements/words.js";

/**
 * By whom and on which day an entry was read at the clinic; null if nobody said so. What was read before the last change
 * stays said.
 * @param {import("../../store/types.js").Entry} entry
 * @param {Record<string, import("../../store/entries.js").Seen>} seen
 */
export function readWords(entry, seen) {
  const told = seen[entry.record];
  if (!told) return null;
  return say(seenAt(entry, seen) ? `read.${told.by}` : "read_before", { day: nearDay(dayOf(told.at)) });
}
