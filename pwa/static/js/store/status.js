import { entriesOf } from "./entries.js";
import * as mirror from "./mirror.js";

/** @typedef {import("./copies.js").Copies | import("./shut.js").Shut} Copies */
/** @typedef {import("./sender.js").Trouble | "sent" | "sending" | "waiting" | "unsaved" | "locked"} State  `unsaved`: this phone is full, and the last words are on the screen alone */
/**
 * `waiting`: how many entries are not sent yet; `oldest`: when the first of them was written; `unreadable`: how many
 * texts lie here under a key that is gone; `clockIsOff`: by more than a day, against the server's.
 * @typedef {{ waiting: number, oldest: string | null, attention: number, unreadable: number, clockIsOff: boolean,
 *   state: State, online: boolean }} Status
 */

const DAY = 86_400_000;

/**
 * Where one's words are, as far as this phone knows.
 * @param {Copies} copies
 * @param {import("./sender.js").Sender} sender
 * @param {boolean} isFull
 * @returns {Promise<Status>}
 */
export async function statusOf(copies, sender, isFull) {
  const { waiting: versions, unreadable } = await copies.unsent();
  const waiting = new Set(versions.map(({ record }) => record)).size;
  const online = isOnline(sender);
  const state = isFull ? "unsaved" : stateOf(sender, waiting, online);
  const attention = (await inNeed(copies, versions)).length;
  const clockIsOff = Math.abs(sender.ahead) > DAY;
  return { waiting, oldest: versions[0]?.written_at ?? null, attention, unreadable, clockIsOff, state, online };
}

/**
 * Nothing of what is here, not even how much waits.
 * @param {Copies} _copies
 * @param {import("./sender.js").Sender} sender
 * @param {boolean} isFull
 * @returns {Promise<Status>}
 */
export async function statusWhileLocked(_copies, sender, isFull) {
  const state = isFull ? "unsaved" : "locked";
  const nothing = { waiting: 0, oldest: null, attention: 0, unreadable: 0, clockIsOff: false };
  return { ...nothing, state, online: isOnline(sender) };
}

/**
 * What is not sent yet, and what was sent but needs the patient: one row for each entry.
 * @param {Copies} copies
 */
export async function unfinished(copies) {
  const versions = await copies.waiting();
  const waiting = versions.map((version) => ({ ...version, attention: version.faults }));
  const sent = (await inNeed(copies, versions)).map((entry) => ({ ...entry.heads[0], attention: entry.attention }));
  const rows = new Map([...sent, ...waiting].map((row) => [row.record, row]));
  return [...rows.values()].map(({ record, kind, day, written_at, attention }) => ({
    record,
    kind,
    day,
    written_at,
    attention,
  }));
}

/**
 * @param {Copies} copies
 * @param {import("./types.js").Standing[]} waiting
 * @returns {Promise<import("./types.js").Entry[]>}
 */
async function inNeed(copies, waiting) {
  const some = waiting.some(({ faults }) => faults) || (await mirror.faulty(copies.owner)).length;
  return some ? entriesOf(await copies.versions()).filter((entry) => entry.attention) : [];
}

/** @param {import("./sender.js").Sender} sender */
function isOnline({ trouble }) {
  return navigator.onLine !== false && trouble !== "offline";
}

/**
 * @param {import("./sender.js").Sender} sender
 * @param {number} waiting
 * @param {boolean} online
 * @returns {State}
 */
function stateOf({ trouble, running }, waiting, online) {
  if (trouble === "other-person" || trouble === "sign-in" || trouble === "closed") return trouble;
  if (running && waiting && online) return "sending";
  if (!online) return "offline";
  return waiting ? (trouble ?? "waiting") : "sent";
}
