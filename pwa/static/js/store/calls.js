/** @typedef {import("./types.js").Entry} Entry */

/** So long what was asked stands on the page, in ms; what is not sent stands until it is. */
const STANDS = 86_400_000;
/** From then on a tap is no slip of the finger, in ms: whether the clinic has settled it, a phone is not told. */
const AGAIN = 600_000;

/** Whether a call is asked for still. @param {Entry} call @param {number} now */
export function isStanding({ waiting, attention, heads: [{ written_at, body }] }, now) {
  return !!body?.asked && (waiting || !!attention || now - Date.parse(written_at) < STANDS);
}

/** Whether one that stands and was sent may be asked for once more. @param {Entry} call @param {number} now */
export function mayAskAgain({ waiting, attention, heads: [{ written_at }] }, now) {
  return !waiting && !attention && now - Date.parse(written_at) >= AGAIN;
}
