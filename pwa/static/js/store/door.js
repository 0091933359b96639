import { within } from "./databases.js";

/**
 * What the phone must know before anyone opens it: plain, small, and nobody's words. `owner` and `device`: whose stores
 * open here; `leaving`: whose are being wiped; `after_off`: until when after-mode stays off although a treatment ended.
 * With `remember` false nothing of the clinic is kept.
 */
const CLOSED = {
  language: /** @type {"en" | "fr" | null} */ (null),
  theme: /** @type {"system" | "light" | "dim"} */ ("system"),
  text: /** @type {"normal" | "large" | "larger"} */ ("normal"),
  region: /** @type {string | null} */ (null),
  clinic_phone: /** @type {string | null} */ (null),
  clinic_name: /** @type {string | null} */ (null),
  after_until: /** @type {string | null} */ (null),
  after_off: /** @type {string | null} */ (null),
  owner: /** @type {string | null} */ (null),
  device: /** @type {string | null} */ (null),
  leaving: /** @type {string | null} */ (null),
  remember: true,
};
const NO_CLINIC = { region: null, clinic_phone: null, clinic_name: null };
const NAME = "tidelog-door";

/** @typedef {typeof CLOSED} Door */

export const door = {
  /** @returns {Promise<Door>} */
  async get() {
    const kept = await within(NAME, "readonly", (tx) => tx.objectStore("door").get("door"));
    return { ...CLOSED, ...kept };
  },

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
 * The look alone also lies where a page can read it before it paints. The worker has no such place.
 * @param {Door} now
 */
function keepLook({ theme, text, after_until }) {
  if (!globalThis.document) return;
  localStorage.setItem("look", JSON.stringify({ theme, text, after_until }));
  dispatchEvent(new Event("look"));
}
