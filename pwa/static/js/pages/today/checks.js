import { inMg } from "../parts/taken.js";

/** @typedef {import("../../store/types.js").Entry} Entry */
/** @typedef {{ at: string, mg: number | null }} Taken */
/** @typedef {{ id: string, days?: number, treatments?: number, mg?: number, in_maintenance?: number, baseline: boolean, lasts?: number | null }} Check */

const DAY = 86_400_000;
/** So long after the last treatment checks by time still come; as in pwa/domain/checks.py. */
const ENDS = 84 * DAY;

/**
 * The checks as the clinic asks them, after its card: at other times, not at all, and effects of its own as checks.
 * As in pwa/domain/checks.py.
 * @template {Check} C
 * @param {C[]} checks
 * @param {Record<string, any>} [asked]
 * @returns {C[]}
 */
export function asIn(checks, { checks_off = [], every = [], own = [] } = {}) {
  const lang = document.documentElement.lang;
  const ours = checks.map((check) => ({ ...check, ...every.find((/** @type {any} */ { id }) => id === check.id) }));
  const added = own
    .filter((/** @type {any} */ one) => one.days || one.treatments || one.mg)
    .map((/** @type {any} */ one) => ({
      ...one,
      name: one[lang],
      question: one[lang],
      effects: [one.id],
      baseline: false,
    }));
  return [...ours.filter(({ id }) => !checks_off.includes(id)), ...added];
}

/**
 * The checks that are due now, as the clinic asks them. Nothing is due before it has said anything of a course or a
 * treatment.
 * @template {Check} C
 * @param {C[]} checks
 * @param {{ now: Date, treatments: import("../parts/taken.js").Treatment[], effects: Entry[], course: Record<string, any> | null,
 *   asked?: Record<string, any> }} known
 */
export function dueOf(checks, { now, treatments, effects, course, asked }) {
  if (!course && !treatments.length) return [];
  const given = treatments.filter(({ status }) => status === "given").map((one) => ({ at: one.at, mg: inMg(one) }));
  return asIn(checks, asked).filter((check) =>
    isDue(check, given, answered(effects, check.id), course?.phase ?? "", now),
  );
}

/**
 * The rule of `pwa/domain/checks.py`, held to it by tests/checks.json.
 * @param {Check} check
 * @param {Taken[]} taken
 * @param {string | null} answered
 * @param {string} phase
 * @param {Date} now
 */
export function isDue(check, taken, answered, phase, now) {
  const moment = now.getTime();
  const doses = taken.map(({ at, mg }) => ({ at: Date.parse(at), mg: mg ?? 0 })).filter(({ at }) => at <= moment);
  const isFirst = check.baseline && answered === null;
  if (!doses.length || isFirst) return isFirst;
  const [first, last] = [Math.min(...doses.map(({ at }) => at)), Math.max(...doses.map(({ at }) => at))];
  if (check.lasts && moment - last > check.lasts * DAY) return false;
  const begun = answered === null ? null : Date.parse(answered);
  const since = doses.filter(({ at }) => begun === null || at > begun);
  const every = (phase === "maintenance" && check.in_maintenance) || check.treatments;
  if (every && since.length >= every) return true;
  if (check.mg && since.reduce((sum, { mg }) => sum + mg, 0) >= check.mg) return true;
  return !!check.days && moment - (begun ?? first) >= check.days * DAY && moment - last <= ENDS;
}

/** When it was last answered. @param {Entry[]} effects the newest first @param {string} check */
function answered(effects, check) {
  return effects.find(({ heads: [{ body }] }) => body?.checks?.includes(check))?.heads[0].felt_at ?? null;
}
