import { nameOf, within } from "./databases.js";
import { freeOf, left, take } from "./held.js";
import { newId } from "./ids.js";
import { rowsOf } from "./lock.js";
import { Slot } from "./slot.js";

/** @typedef {import("./vault.js").Vault} Vault */
/** @typedef {import("./vault.js").Row} Row */

/**
 * What is being typed, kept encrypted until it is saved or cleared; never sent. Later calls win, in the order of calls.
 * Each page has a draft of its own. It takes over one that was begun, the `wished` one or if that is "" none, unless another
 * page has it. What was begun while the lock is shut is taken over once it is unlocked. A key that was taken away in another
 * tab, or cleared by the browser, keeps nothing any more: what could not be opened again must not count as kept.
 * @param {Vault | Slot} vault
 * @param {string} key
 * @param {string} [wished]
 */
export function draft(vault, key, wished) {
  const name = nameOf("drafts", vault.owner);
  let id = "";
  /** @type {typeof left | undefined} */
  let since;
  let last = Promise.resolve();
  const own = async () => {
    if (since === left) return id; // a page that the browser kept must ask anew
    const ids = [id || (wished ?? idsOf(await standing(vault, key)))].flat().filter(Boolean);
    id = await take(vault.owner, [...ids, `draft/locked/${key}#${newId()}`]); // so called since only a locked phone had several
    since = left;
    return id;
  };
  /** @param {() => Promise<void>} step */
  const next = (step) => (last = last.then(step, step));

  return {
    /** @returns {Promise<Record<string, any> | null>} */
    async get() {
      const its = await own();
      if (vault instanceof Slot) return null;
      const row = await within(name, "readonly", (tx) => tx.objectStore("drafts").get(its));
      return row ? JSON.parse(await vault.read(row)) : null;
    },
    /** @param {Record<string, any>} typed */
    set(typed) {
      const text = JSON.stringify(typed);
      return next(async () => {
        const row = await vault.seal(await own(), text);
        if (row.key !== (await keyOf(vault.owner))) throw new DOMException("The key is gone", "KeyGoneError");
        await within(name, "readwrite", async (tx) => void (await tx.objectStore("drafts").put(row)));
      });
    },
    clear: () =>
      next(async () => {
        const its = await own();
        await within(name, "readwrite", (tx) => tx.objectStore("drafts").delete(its));
      }),
  };
}

/**
 * What was begun, or that under a key such as the page's name or under what that begins, and no open page has.
 * @typedef {{ id: string, key: string, typed: Record<string, any> }} Begun
 * @param {Vault | Slot} vault
 * @param {string} [key]
 * @returns {Promise<Begun[]>}
 */
export async function begun(vault, key) {
  if (vault instanceof Slot) return [];
  const there = (await rows(vault.owner)).filter(({ id }) => !key || `${keyIn(id)}/`.startsWith(`${key}/`));
  const free = await freeOf(vault.owner, idsOf(there));
  const opened = await vault.openAll(there.filter(({ id }) => free.includes(id)));
  return opened.map(({ id, text }) => ({ id, key: keyIn(id), typed: JSON.parse(text) }));
}

/** How many entries were begun and not saved. @param {string} owner @returns {Promise<number>} */
export const countDrafts = async (owner) => (await rows(owner)).length;

/** What was begun and nothing opens any more, by id. @param {string} owner */
export const unreadable = async (owner) => idsOf(await rows(owner, false));

/** @param {string} owner @param {string[]} ids */
export async function putAway(owner, ids) {
  const remove = (/** @type {any} */ tx) => Promise.all(ids.map((id) => tx.objectStore("drafts").delete(id)));
  await within(nameOf("drafts", owner), "readwrite", remove);
}

/** @param {Vault | Slot} vault @param {string} key @returns {Promise<Row[]>} */
async function standing(vault, key) {
  if (vault instanceof Slot) return [];
  return (await rows(vault.owner)).filter(({ id }) => keyIn(id) === key);
}

/** @param {string} owner @param {boolean} [opened] by the key that is here @returns {Promise<Row[]>} */
async function rows(owner, opened = true) {
  const all = (/** @type {any} */ tx) => tx.objectStore("drafts").getAll();
  const [key, there] = await Promise.all([keyOf(owner), within(nameOf("drafts", owner), "readonly", all)]);
  return there.filter((/** @type {Row} */ row) => (row.key === key) === opened);
}

/** @param {string} owner @returns {Promise<string | undefined>} the name of the key that is here */
const keyOf = async (owner) => (await rowsOf(owner, "data"))[0]?.name;

/** @param {Row[]} rows */
const idsOf = (rows) => rows.map(({ id }) => id);

/** One alone had no number. @param {string} id */
const keyIn = (id) => /^draft\/(?:locked\/)?([^#]*)/.exec(id)?.[1] ?? "";
