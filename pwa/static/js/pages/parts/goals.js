/** @typedef {import("../../store/types.js").Entry} Entry */
/** @typedef {{ record: string, written_at: string, words: string, measure: string, levels?: { day: string, level: number }[], done?: boolean }} Goal */
/** @typedef {{ record: string, words: string, measure: string, levels: { day: string, level: number }[], done: boolean }} Aim */

/** What the highest level of each measure is. @type {Record<string, number>} */
const TOP = { ten: 10, three: 2 };

/**
 * Goals as they stand: what was set at visits, with what one said of them since. One's own words hold; of closing,
 * whatever was said last.
 * @param {Goal[]} goals
 * @param {Entry[]} said  the newest first
 * @returns {Aim[]}
 */
export function aimsOf(goals, said) {
  return goals.map((goal) =>
    aim(
      goal,
      said.map(({ day, heads: [{ body, written_at }] }) => ({ day, written_at, ...body })),
    ),
  );
}

/** @param {Goal} goal @param {any[]} said @returns {Aim} */
function aim({ record, written_at, words, measure, levels = [], done }, said) {
  const its = said.filter((one) => one.goal === record);
  const last = its.find((one) => one.done !== undefined);
  const isLast = last && Date.parse(last.written_at) > Date.parse(written_at);
  return {
    record,
    words: its.find((one) => one.wording)?.wording ?? words,
    measure,
    levels: [...levels, ...its.filter(({ level }) => level <= TOP[measure])].sort((a, b) => a.day.localeCompare(b.day)),
    done: Boolean(isLast ? last.done : done),
  };
}
