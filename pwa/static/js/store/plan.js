// One's safety plan on the locked screen, where its owner chose so. It lies beside its own key: whoever holds the phone
// can read it. When it goes, so does the key.
import { seal, unseal } from "./keys.js";
import { change, rowsOf } from "./lock.js";
import { AES } from "./wrapping.js";

/** @typedef {import("./phone.js").Phone} Phone */
/** @typedef {Record<string, string>} Plan */

const NAME = "plan";

/** What the locked screen shows. @param {string} owner @returns {Promise<Plan | null | undefined>} undefined: not chosen */
export async function planWhileLocked(owner) {
  const [row] = await rowsOf(owner, NAME);
  return row && JSON.parse(await unseal({ name: NAME, key: row.open }, `${owner}/${NAME}`, row));
}

/** @param {Phone} phone */
export async function showPlanWhileLocked(phone) {
  const row = await rowOf(phone.owner, await newest(phone));
  await change(phone.owner, (keys) => keys.put(row));
}

/** @param {string} owner */
export function hidePlanWhileLocked(owner) {
  return change(owner, (keys) => keys.delete(NAME));
}

/** After a change of the plan, here or on another phone: where one is shown, it is the newest. @param {Phone} phone */
export async function keepPlanShown(phone) {
  const [shown, plan] = [await planWhileLocked(phone.owner), await newest(phone)];
  if (shown === undefined || JSON.stringify(shown) === JSON.stringify(plan)) return;
  const row = await rowOf(phone.owner, plan);
  await change(phone.owner, async (keys) => (await keys.get(NAME)) && keys.put(row)); // it may have been hidden meanwhile
}

/** @param {Phone} phone @returns {Promise<Plan | null>} */
async function newest(phone) {
  const [plan] = await phone.entries("safety-plan");
  return plan?.heads[0].body ?? null;
}

/** @param {string} owner @param {Plan | null} plan */
async function rowOf(owner, plan) {
  const open = await crypto.subtle.generateKey(AES, false, ["encrypt", "decrypt"]);
  return { id: NAME, open, ...(await seal({ name: NAME, key: open }, `${owner}/${NAME}`, JSON.stringify(plan))) };
}
