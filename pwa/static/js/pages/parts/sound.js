/** @typedef {import("../../store/types.js").Entry} Entry */

/**
 * Entries as if what the server could not take were not there: charts and counts go by them, lists show the others too.
 * @param {Entry[]} entries
 * @returns {Entry[]}
 */
export function sound(entries) {
  return entries.flatMap((entry) => {
    const heads = entry.heads.filter(({ faults }) => !faults);
    return heads.length ? [{ ...entry, heads, day: heads[0].day }] : [];
  });
}
