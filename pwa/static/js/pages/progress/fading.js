/** @typedef {import("../../store/types.js").Entry} Entry */
/** @typedef {"acute" | "next-day" | "later"} Window */
/** @typedef {{ name: string, words: string | null, levels: Partial<Record<Window, number>> }} Fading  `words`: the patient's or the clinic's own */

/** @type {Window[]} */
export const WINDOWS = ["acute", "next-day", "later"];

/**
 * How strong each effect was after one treatment, in the windows that were asked about and only there. What was never
 * more than "none" is left out.
 * @param {Entry[]} reports
 * @param {string} treatment
 * @returns {Fading[]}
 */
export function fadingAfter(reports, treatment) {
  /** @type {Map<string, Fading>} */
  const found = new Map();
  for (const { heads } of reports.toReversed()) {
    for (const { body } of heads) if (body?.treatment === treatment) note(found, body);
  }
  return [...found.values()].filter(({ levels }) => Object.values(levels).some((level) => level > 0));
}

/** @param {Map<string, Fading>} found @param {Record<string, any>} body */
function note(found, { window, effects = [], other, other_severity }) {
  if (!window) return;
  const at = /** @type {Window} */ (WINDOWS.includes(window) ? window : "later");
  const said = effects.map((/** @type {any} */ { effect, words = null, severity }) => [effect, words, severity]);
  if (other && other_severity !== undefined) said.push([other, other, other_severity]);
  for (const [name, words, level] of said) {
    /** @type {Fading} */
    const fading = found.get(name) ?? { name, words, levels: {} };
    fading.levels[at] = Math.max(fading.levels[at] ?? 0, level);
    found.set(name, fading);
  }
}

/**
 * Whether most of what was there in the first hours was answered with "none" the next day.
 * @param {Fading[]} fading
 */
export function mostGone(fading) {
  const early = fading.filter(({ levels }) => (levels.acute ?? 0) > 0);
  const gone = early.filter(({ levels }) => levels["next-day"] === 0);
  return early.length > 0 && gone.length > early.length / 2;
}

/** The strongest level of an effect, in any window. @param {Fading} fading */
export const strongest = ({ levels }) => Math.max(...Object.values(levels));
