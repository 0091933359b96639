import { seenWords } from "../../elements/words.js";
import { seenAt } from "../../store/entries.js";
import { one, opens } from "../parts/come-in.js";

/** @typedef {import("../../store/types.js").Entry} Entry */

/** So long Today says that an entry was seen, in ms. */
const TOLD = 86_400_000;

/**
 * The last entry that the clinic says it has seen.
 * @param {Entry[]} entries
 * @param {Record<string, import("../../store/entries.js").Seen>} seen
 * @param {Date} now
 */
export function showSeen(entries, seen, now) {
  const told = entries
    .map((entry) => ({ entry, at: seenAt(entry, seen) ?? "" }))
    .filter(({ at }) => now.getTime() - Date.parse(at) < TOLD)
    .sort((one, other) => Date.parse(other.at) - Date.parse(one.at))[0];
  const row = /** @type {HTMLAnchorElement} */ (one("#seen"));
  row.hidden = !told;
  if (!told) return;
  row.href = opens(told.entry, told.entry.heads[0].body);
  /** @type {HTMLElement} */ (row.querySelector("b")).textContent = seenWords(told.at);
  for (const name of /** @type {NodeListOf<HTMLElement>} */ (row.querySelectorAll("[data-kind]")))
    name.hidden = name.dataset.kind !== told.entry.kind;
}
