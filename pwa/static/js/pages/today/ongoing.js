/** @typedef {import("../../store/types.js").Entry} Entry */

const DAY = 86_400_000;
/** How far back an effect that still goes on is asked about, and how many at once. */
const [BACK, MOST] = [28 * DAY, 3];

/**
 * What still goes on, as last said: each effect once, with the report that says so. What a later report calls gone is.
 * @param {Entry[]} effects the newest first
 * @param {Date} now
 * @returns {{ entry: Entry, effect: any }[]}
 */
export function stillGoing(effects, now) {
  const heard = new Set();
  const found = [];
  for (const entry of effects) {
    const [{ body, felt_at }] = entry.heads;
    if (now.getTime() - Date.parse(felt_at) > BACK) break;
    for (const effect of body?.effects ?? []) {
      if (heard.has(effect.effect) || (effect.severity > 0 && effect.ongoing === undefined)) continue;
      heard.add(effect.effect);
      if (effect.severity > 0 && effect.ongoing) found.push({ entry, effect });
    }
  }
  return found.slice(0, MOST);
}
