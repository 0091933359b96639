import { nameOf, within } from "./databases.js";
import { seal, unseal } from "./keys.js";

/**
 * What is being typed, kept encrypted until it is saved or cleared; never sent. Later calls win, in the order of calls.
 * @param {string} owner
 * @param {import("./keys.js").DataKey} data
 * @param {string} id
 */
export function draft(owner, data, id) {
  const name = nameOf("drafts", owner);
  const belongs = `${owner}/draft/${id}`;
  let last = Promise.resolve();
  /** @param {() => Promise<void>} step */
  const next = (step) => (last = last.then(step, step));

  return {
    /** @returns {Promise<Record<string, any> | null>} */
    async get() {
      const row = await within(name, "readonly", (tx) => tx.objectStore("drafts").get(id));
      return row ? JSON.parse(await unseal(data, belongs, row)) : null;
    },
    /** @param {Record<string, any>} typed */
    set(typed) {
      const text = JSON.stringify(typed);
      return next(async () => {
        const row = { id, ...(await seal(data, belongs, text)) };
        await within(name, "readwrite", (tx) => tx.objectStore("drafts").put(row));
      });
    },
    clear: () => next(() => within(name, "readwrite", (tx) => tx.objectStore("drafts").delete(id))),
  };
}
