/** @typedef {import("../../store/types.js").Entry} Entry */
/** @typedef {{ record: string, status: string, at: string, minutes: number, route: string, place: string, dose: number, unit: string,
 *   weight?: number, number?: number, of?: number, plan?: Treatment, unplanned?: boolean }} Treatment
 * `plan`: of a dose at home that was planned; `unplanned`: one that was not */

/** Minutes that a dose at home works, where no plan says it; as in pwa/domain/routes.py. @type {Record<string, number>} */
const AT_HOME = { sublingual: 120, oral: 180 };
/** A dose is taken for the plan that lies this near, in ms. */
const NEAR = 86_400_000;

/**
 * The clinic's treatments and the doses that the patient took at home, in order. A dose that is a plan's own takes its
 * place under the plan's record.
 * @param {Treatment[]} treatments
 * @param {Entry[]} doses
 * @returns {Treatment[]}
 */
export function withDoses(treatments, doses) {
  const known = new Map(treatments.map((one) => [one.record, one]));
  for (const { record, heads } of doses) {
    const said = /** @type {any} */ (heads[0].body);
    const plan = known.get(said.treatment);
    if (plan?.status === "given") continue;
    const own =
      plan?.status === "planned" ? { ...plan, plan } : { record, minutes: AT_HOME[said.route], unplanned: true };
    const { at, route, mg: dose } = said;
    known.set(own.record, { ...own, status: "given", at, route, dose, unit: "mg", place: "home" });
  }
  return [...known.values()].sort((one, other) => Date.parse(one.at) - Date.parse(other.at));
}

/**
 * The dose at home that is planned now, if one is.
 * @param {Treatment[]} treatments those with doses, so that one that was taken is none any more
 * @param {Date} now
 * @returns {Treatment | null}
 */
export function plannedNow(treatments, now) {
  const away = (/** @type {Treatment} */ { at }) => Math.abs(Date.parse(at) - now.getTime());
  const near = treatments.filter((one) => one.status === "planned" && one.place === "home" && away(one) < NEAR);
  return near.sort((one, other) => away(one) - away(other))[0] ?? null;
}

/** null: given by weight, and the weight is not known. @param {Treatment} treatment */
export function inMg({ dose, unit, weight }) {
  if (unit === "mg") return dose;
  return weight ? dose * weight : null;
}
