// What an answer means, decided from the answer alone. Nothing here touches a store.

/** @typedef {{ batch: string, owner: string, ids: string[] }} Asked */
/** @typedef {{ status: number, json: any, retryAfter: string | null } | null} Answer  null: none came */
/** @typedef {{ id: string, outcome: string, errors?: import("./types.js").Fault[] }} Receipt */
/** @typedef {{ id: string, text: string, errors: import("./types.js").Fault[] }} Parked */
/** @typedef {{ from: number, cursor: number, epoch: number, more: boolean, versions: string[], parked: Parked[] }} Page */
/** @typedef {{ do: "take", receipts: Receipt[], page: Page }} Accepted */
/**
 * @typedef {Accepted
 *   | { do: "halve" } | { do: "hold", id: string }
 *   | { do: "stop", because: "offline" | "sign-in" | "other-person" | "later", wait?: number }} Step
 */

const OUTCOMES = ["stored", "known", "parked", "clash"];
const FIRST_WAIT = 2000;
const LEAST_WAIT = 1000;
export const LONGEST_WAIT = 15 * 60_000;

/**
 * Only a true answer changes anything: a captive portal's page, a proxy's error, another batch's or another owner's
 * answer all end in "stop".
 * @param {Asked} asked
 * @param {Answer} answer
 * @returns {Step}
 */
export function judge(asked, answer) {
  if (!answer) return { do: "stop", because: "offline" };
  if (answer.status === 200 && isTrue(asked, answer.json)) return accepted(asked, answer.json);
  if (answer.status === 401 && answer.json?.error === "sign-in") return { do: "stop", because: "sign-in" };
  if (answer.status === 409 && answer.json?.error === "owner") return { do: "stop", because: "other-person" };
  if (answer.status === 413 && asked.ids.length) {
    return asked.ids.length > 1 ? { do: "halve" } : { do: "hold", id: asked.ids[0] };
  }
  return { do: "stop", because: "later", wait: Number(answer.retryAfter) * 1000 || 0 };
}

/**
 * Milliseconds until the next try: full jitter, doubling, never hot, never longer than 15 minutes, without end.
 * @param {number} failures in a row, at least 1
 * @param {number} asked what the server asked for, in milliseconds
 * @param {() => number} random
 */
export function backOff(failures, asked = 0, random = Math.random) {
  const widest = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** failures);
  return Math.min(LONGEST_WAIT, Math.max(LEAST_WAIT, asked, random() * widest));
}

/**
 * @param {Asked} asked
 * @param {any} json
 */
function isTrue({ batch, owner }, json) {
  return (
    json?.batch === batch &&
    json.owner === owner &&
    [json.from, json.cursor, json.epoch].every(Number.isInteger) &&
    typeof json.more === "boolean" &&
    isListOf(json.receipts, (one) => typeof one?.id === "string") &&
    isListOf(json.versions, (text) => typeof text === "string") &&
    isListOf(json.parked, (one) => typeof one?.id === "string" && typeof one.text === "string")
  );
}

/** @param {unknown} list @param {(one: any) => boolean} holds */
function isListOf(list, holds) {
  return Array.isArray(list) && list.every(holds);
}

/**
 * A version without a receipt that we understand is as one without any.
 * @param {Asked} asked
 * @param {any} json
 * @returns {Accepted}
 */
function accepted({ ids }, { receipts, from, cursor, epoch, more, versions, parked }) {
  const ours = receipts.filter((/** @type {Receipt} */ one) => ids.includes(one.id) && OUTCOMES.includes(one.outcome));
  return { do: "take", receipts: ours, page: { from, cursor, epoch, more, versions, parked } };
}
