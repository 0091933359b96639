import { entriesOf } from "./entries.js";
import * as mirror from "./mirror.js";
import * as outbox from "./outbox.js";

/** @typedef {import("./copies.js").Copies} Copies */
/** @typedef {"sent" | "sending" | "offline" | "waiting" | "sign-in" | "other-person" | "full"} State */
/**
 * `waiting`: how many entries are not sent yet; `oldest`: when the first of them was written.
 * @typedef {{ waiting: number, oldest: string | null, attention: number, state: State, online: boolean }} Status
 */

/**
 * Where one's words are, as far as this phone knows.
 * @param {Copies} copies
 * @param {import("./sender.js").Sender} sender
 * @param {boolean} isFull
 * @returns {Promise<Status>}
 */
export async function statusOf(copies, sender, isFull) {
  const versions = await copies.waiting();
  const waiting = new Set(versions.map(({ record }) => record)).size;
  const online = navigator.onLine !== false && sender.trouble !== "offline";
  const state = isFull ? "full" : stateOf(sender, waiting, online);
  const attention = (await inNeed(copies)).length;
  return { waiting, oldest: versions[0]?.written_at ?? null, attention, state, online };
}

/**
 * What is not sent yet, and what was sent but needs the patient: one row for each entry.
 * @param {Copies} copies
 */
export async function unfinished(copies) {
  const waiting = (await copies.waiting()).map((version) => ({ ...version, attention: version.faults }));
  const sent = (await inNeed(copies)).map((entry) => ({ ...entry.heads[0], attention: entry.attention }));
  const rows = new Map([...sent, ...waiting].map((row) => [row.record, row]));
  return [...rows.values()].map(({ record, kind, day, written_at, attention }) => ({
    record,
    kind,
    day,
    written_at,
    attention,
  }));
}

/** @param {Copies} copies @returns {Promise<import("./types.js").Entry[]>} */
async function inNeed(copies) {
  const some = (await mirror.faulty(copies.owner)).length || (await outbox.all(copies.owner)).some((row) => row.held);
  return some ? entriesOf(await copies.versions()).filter((entry) => entry.attention) : [];
}

/**
 * @param {import("./sender.js").Sender} sender
 * @param {number} waiting
 * @param {boolean} online
 * @returns {State}
 */
function stateOf({ trouble, running }, waiting, online) {
  if (trouble === "other-person" || trouble === "sign-in") return trouble;
  if (running && waiting && online) return "sending";
  if (!online) return "offline";
  return waiting ? "waiting" : "sent";
}
