import { nameOf, within } from "./databases.js";
import { Slot } from "./slot.js";

/**
 * What is being typed, kept encrypted until it is saved or cleared; never sent. Later calls win, in the order of calls.
 * What was typed while the lock is shut lies beside, so that it takes the place of nothing, and is shown after unlocking.
 * @param {import("./vault.js").Vault | Slot} vault
 * @param {string} key
 * @param {<T>(writing: Promise<T>) => Promise<T>} noted
 */
export function draft(vault, key, noted = (writing) => writing) {
  const name = nameOf("drafts", vault.owner);
  const [own, beside] = [`draft/${key}`, `draft/locked/${key}`];
  const id = vault instanceof Slot ? beside : own;
  const gone = vault instanceof Slot ? [beside] : [own, beside];
  let last = Promise.resolve();
  /** @param {() => Promise<void>} step */
  const next = (step) => (last = noted(last.then(step, step)));

  return {
    /** @returns {Promise<Record<string, any> | null>} */
    async get() {
      if (vault instanceof Slot) return null;
      const rows = await within(name, "readonly", (tx) =>
        Promise.all(gone.map((one) => tx.objectStore("drafts").get(one))),
      );
      const row = rows.find(Boolean);
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
    clear: () =>
      next(() =>
        within(name, "readwrite", async (tx) => {
          await Promise.all(gone.map((one) => tx.objectStore("drafts").delete(one)));
        }),
      ),
  };
}

/** How many entries were begun and not saved. @param {string} owner @returns {Promise<number>} */
export function countDrafts(owner) {
  return within(nameOf("drafts", owner), "readonly", (tx) => tx.objectStore("drafts").count());
}
