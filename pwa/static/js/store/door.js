import { within } from "./databases.js";
import { CLOSED, NAME, readDoor } from "./doorstep.js";

/** @typedef {import("./doorstep.js").Door} Door */

const NO_CLINIC = { region: null, clinic_phone: null, clinic_name: null };

/** The plain store beside everyone's own, see doorstep.js. */
export const door = {
  get: readDoor,

  /**
   * @param {Partial<Door>} change
   * @returns {Promise<Door>}
   */
  async set(change) {
    const now = await within(NAME, "readwrite", async (tx) => {
      const store = tx.objectStore("door");
      const next = { ...CLOSED, ...(await store.get("door")), ...change };
      if (!next.remember) Object.assign(next, NO_CLINIC);
      await store.put(next, "door");
      return next;
    });
    keepLook(now);
    return now;
  },
};

/**
 * The look alone also lies where a page can read it before it paints.
 * @param {Door} now
 */
function keepLook({ theme, text, after_from, after_until }) {
  globalThis.localStorage?.setItem("look", JSON.stringify({ theme, text, after_from, after_until }));
  globalThis.dispatchEvent?.(new Event("look"));
}
