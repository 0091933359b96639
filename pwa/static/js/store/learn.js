import { isAfter, localIso, morningAfter } from "./days.js";
import { door } from "./door.js";
import { lockOf } from "./lock.js";
import * as outbox from "./outbox.js";

/** @typedef {import("./doorstep.js").Door} Door */
/** @typedef {{ status: string, at: string, minutes: number }} Treatment */

/**
 * Tells the door what it needs of what the clinic said: whom to call, what it asks, and from when until when to be dim.
 * @param {import("./phone.js").Phone} phone
 */
export async function learn(phone) {
  if (phone.locked) return count(phone);
  const [{ card, treatments }, { waiting: unsent }] = await Promise.all([phone.clinic(), phone.status()]);
  const known = await door.get();
  const change = {
    unsent,
    ...(card && { asks_thoughts: card.thoughts_asked === true }),
    ...(card &&
      known.remember && { region: known.region ?? card.region, clinic_phone: card.phone, clinic_name: card.name }),
    ...dimTime(known, treatments, new Date()),
  };
  const differs = Object.entries(change).some(
    ([name, value]) => known[/** @type {keyof typeof known} */ (name)] !== value,
  );
  if (differs) await door.set(change);
}

/** While it is locked no more is known than how much is only here. @param {import("./phone.js").Phone} phone */
async function count({ owner }) {
  if (!(await lockOf(owner))) return; // the store was thrown away meanwhile: what was in it is still to be told
  const unsent = (await outbox.all(owner)).filter(({ sent }) => !sent).length;
  if ((await door.get()).unsent !== unsent) await door.set({ unsent });
}

/**
 * After-mode that lasts is only made longer; one that is still ahead goes by the clinic's newest word.
 * @param {Door} known
 * @param {Treatment[]} treatments
 * @param {Date} now
 */
function dimTime({ after_from, after_until, after_off }, treatments, now) {
  if (!treatments.length) return {}; // nothing was pulled yet
  const off = isAfter(null, after_off, now) ? after_off : null;
  const next = afterMode(treatments, now, off);
  const lasts = isAfter(after_from, after_until, now);
  const longer = isAfter(next.after_from, next.after_until, now) && isLater(next.after_until, after_until);
  return lasts && !longer ? {} : next;
}

/**
 * From when until when after-mode lasts: from the end of a treatment, planned or given, to the morning after. Of the last
 * one that ended, or else of the next that will.
 * @param {Treatment[]} treatments in order
 * @param {Date} now
 * @param {string | null} [off] until when it was turned off by hand
 * @returns {{ after_from: string | null, after_until: string | null }}
 */
export function afterMode(treatments, now, off = null) {
  const modes = treatments
    .filter(({ status }) => status !== "cancelled")
    .map(({ at, minutes }) => new Date(Date.parse(at) + minutes * 60_000))
    .map((end) => ({ after_from: localIso(end), after_until: localIso(morningAfter(end)) }))
    .filter(({ after_until }) => Date.parse(after_until) > now.getTime() && (!off || isLater(after_until, off)));
  const begun = modes.filter(({ after_from }) => Date.parse(after_from) <= now.getTime());
  return begun.at(-1) ?? modes[0] ?? { after_from: null, after_until: null };
}

/** @param {string | null} one @param {string | null} other */
const isLater = (one, other) => Date.parse(one ?? "") > Date.parse(other ?? "");
