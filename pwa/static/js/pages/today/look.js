import { localIso, morningAfter } from "../../store/days.js";
import { door } from "../../store/door.js";
import { one } from "../parts/come-in.js";

/** The dim look by hand: from a session to the next morning, and back. */
export function wireLook() {
  const dim = async (/** @type {string | null} */ after_from) =>
    door.set({ after_from, after_until: localIso(morningAfter(new Date())), after_off: null });
  one("#just-had").addEventListener("click", () => change(() => dim(localIso())));
  one("#dim-look").addEventListener("click", () => change(() => dim(null)));
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
