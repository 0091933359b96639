// What an answer means, decided from the answer alone. Nothing here touches a store.

/** @typedef {{ batch: string, owner: string, ids: string[] }} Asked */
/**
 * null: none came, or not all of it. `isPage`: a page or a way to one, which our server never answers with; `wait`:
 * milliseconds that it asks for.
 * @typedef {{ status: number, json: any, isPage?: boolean, wait?: number } | null} Answer
 */
/** @typedef {{ id: string, outcome: string, errors?: import("./types.js").Fault[] }} Receipt */
/** @typedef {{ id: string, text: string, errors: import("./types.js").Fault[] }} Parked */
/** @typedef {{ from: number, cursor: number, epoch: number, more: boolean, versions: string[], parked: Parked[], asks?: string }} Page */
/** @typedef {{ do: "take", receipts: Receipt[], page: Page, at: number }} Accepted  `at`: the moment by the server's clock */
/**
 * @typedef {Accepted
 *   | { do: "halve" } | { do: "hold", id: string }
 *   | { do: "stop", because: Because, wait?: number }} Step
 */
/**
 * `page`: something else answered, such as a Wi-Fi that wants a sign-in; `busy`: the server cannot take it now;
 * `unknown`: an answer that this phone does not know.
 * @typedef {"offline" | "sign-in" | "other-person" | "closed" | "page" | "busy" | "unknown"} Because
 */

const OUTCOMES = ["stored", "known", "parked", "clash"];
/** What a network says that wants a sign-in, and no server does. */
const SIGN_IN_TO_NETWORK = 511;
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
  if (answer.status === 403 && ["closed", "erased"].includes(answer.json?.error))
    return { do: "stop", because: "closed" };
  if (answer.status === 413 && asked.ids.length) {
    return asked.ids.length > 1 ? { do: "halve" } : { do: "hold", id: asked.ids[0] };
  }
  if (answer.status === 429 || (answer.status >= 500 && answer.status !== SIGN_IN_TO_NETWORK))
    return { do: "stop", because: "busy", wait: answer.wait };
  return { do: "stop", because: answer.isPage ? "page" : "unknown" };
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
function accepted({ ids }, { receipts, server_time, ...page }) {
  const ours = receipts.filter((/** @type {Receipt} */ one) => ids.includes(one.id) && OUTCOMES.includes(one.outcome));
  return { do: "take", receipts: ours, page, at: Date.parse(server_time) };
}
