import { nameOf, within } from "./databases.js";

/**
 * What is being typed, kept encrypted until it is saved or cleared; never sent. Later calls win, in the order of calls.
 * @param {import("./vault.js").Vault} vault
 * @param {string} key
 */
export function draft(vault, key) {
  const name = nameOf("drafts", vault.owner);
  const id = `draft/${key}`;
  let last = Promise.resolve();
  /** @param {() => Promise<void>} step */
  const next = (step) => (last = last.then(step, step));

  return {
    /** @returns {Promise<Record<string, any> | null>} */
    async get() {
      const row = await within(name, "readonly", (tx) => tx.objectStore("drafts").get(id));
      return row ? JSON.parse(await vault.read(row)) : null;
    },
    /** @param {Record<string, any>} typed */
    set(typed) {
      const text = JSON.stringify(typed);
      return next(async () => {
        const row = await vault.seal(id, text);
        await within(name, "readwrite", (tx) => tx.objectStore("drafts").put(row));
      });
    },
    clear: () => next(() => within(name, "readwrite", (tx) => tx.objectStore("drafts").delete(id))),
  };
}

/** How many entries were begun and not saved. @param {string} owner @returns {Promise<number>} */
export function countDrafts(owner) {
  return within(nameOf("drafts", owner), "readonly", (tx) => tx.objectStore("drafts").count());
}
