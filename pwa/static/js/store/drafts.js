import { nameOf, within } from "./databases.js";
import { newId } from "./ids.js";
import { Slot } from "./slot.js";

/**
 * What is being typed, kept encrypted until it is saved or cleared; never sent. Later calls win, in the order of calls.
 * What was typed while the lock is shut lies beside, each time on its own: it takes the place of nothing, and is shown one
 * after another once it is unlocked and nothing else of that key is begun.
 * @param {import("./vault.js").Vault | Slot} vault
 * @param {string} key
 * @param {<T>(writing: Promise<T>) => Promise<T>} noted
 */
export function draft(vault, key, noted = (writing) => writing) {
  const name = nameOf("drafts", vault.owner);
  const beside = `draft/locked/${key}#`;
  const id = vault instanceof Slot ? beside + newId() : `draft/${key}`;
  let last = Promise.resolve();
  /** @param {() => Promise<void>} step */
  const next = (step) => (last = noted(last.then(step, step)));
  /** The one that is shown: one's own, or else the first beside. @param {any} drafts */
  const shown = async (drafts) => {
    const asked = [
      drafts.get(id),
      vault instanceof Slot ? null : drafts.get(IDBKeyRange.bound(beside, `${beside}\uffff`)),
    ];
    return (await Promise.all(asked)).find(Boolean);
  };

  return {
    /** @returns {Promise<Record<string, any> | null>} */
    async get() {
      if (vault instanceof Slot) return null;
      const row = await within(name, "readonly", (tx) => shown(tx.objectStore("drafts")));
      return row ? JSON.parse(await vault.read(row)) : null;
    },
    /** @param {Record<string, any>} typed */
    set(typed) {
      const text = JSON.stringify(typed);
      return next(async () => {
        const row = await vault.seal(id, text);
        await within(name, "readwrite", async (tx) => {
          const drafts = tx.objectStore("drafts");
          const before = await shown(drafts);
          await drafts.put(row);
          if (before && before.id !== id) await drafts.delete(before.id);
        });
      });
    },
    clear: () =>
      next(() =>
        within(name, "readwrite", async (tx) => {
          const drafts = tx.objectStore("drafts");
          const row = await shown(drafts);
          if (row) await drafts.delete(row.id);
        }),
      ),
  };
}

/** How many entries were begun and not saved. @param {string} owner @returns {Promise<number>} */
export function countDrafts(owner) {
  return within(nameOf("drafts", owner), "readonly", (tx) => tx.objectStore("drafts").count());
}
