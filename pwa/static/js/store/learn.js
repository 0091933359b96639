import { canEnd, localIso, morningAfter } from "./days.js";
import { door } from "./door.js";

/**
 * Tells the door what it needs of what the clinic said: whom to call, and until when to stay dim.
 * @param {import("./phone.js").Phone} phone
 */
export async function learn(phone) {
  if (phone.locked) return; // it knows nothing
  const [{ card, treatments }, { waiting: unsent }] = await Promise.all([phone.clinic(), phone.status()]);
  const known = await door.get();
  const now = new Date();
  const until = afterUntil(treatments, now);
  const before = [known.after_off, known.after_until].find((end) => canEnd(end, now)) ?? now.toISOString();
  const isNews = until && Date.parse(until) > Date.parse(before);
  const change = {
    unsent,
    ...(card &&
      known.remember && { region: known.region ?? card.region, clinic_phone: card.phone, clinic_name: card.name }),
    ...(isNews && { after_until: until }),
  };
  const differs = Object.entries(change).some(
    ([name, value]) => known[/** @type {keyof typeof known} */ (name)] !== value,
  );
  if (differs) await door.set(change);
}

/**
 * Until when after-mode lasts now: the morning after the last treatment that ended, planned or given.
 * @param {{ status: string, at: string, minutes: number }[]} treatments
 * @param {Date} now
 * @returns {string | null} null: no treatment ended since yesterday's morning
 */
export function afterUntil(treatments, now) {
  const mornings = treatments
    .filter(({ status }) => status !== "cancelled")
    .map(({ at, minutes }) => new Date(Date.parse(at) + minutes * 60_000))
    .filter((end) => end <= now && now < morningAfter(end))
    .map(morningAfter);
  return mornings.length ? localIso(mornings[mornings.length - 1]) : null;
}
