import { isAfter, localIso, morningAfter } from "../../store/days.js";
import { door } from "../../store/door.js";
import { one } from "../parts/come-in.js";

/** Until when a person takes it slowly, whatever look they chose. @param {Date} now */
export async function restUntil(now) {
  const { after_from, after_until, after_off } = await door.get();
  if (isAfter(after_from, after_until, now)) return after_until;
  return isAfter(null, after_off, now) ? after_off : null;
}

/** The dim look by hand: from a session to the next morning, and back. */
export function wireLook() {
  const dim = async () =>
    door.set({ after_from: null, after_until: localIso(morningAfter(new Date())), after_off: null });
  one("#just-had").addEventListener("click", () => change(dim));
  one("#dim-look").addEventListener("click", () => change(dim));
  one("#usual-look").addEventListener("click", () =>
    change(async () => door.set({ after_from: null, after_until: null, after_off: (await door.get()).after_until })),
  );
}

/** @param {() => Promise<unknown>} look */
async function change(look) {
  await look();
  scrollTo(0, 0);
  location.reload();
}
