import { nameOf, within } from "./databases.js";
import { newId } from "./ids.js";
import { Slot } from "./slot.js";

/** @typedef {import("./vault.js").Vault} Vault */

/** Not WebKit's, which stands still for good now and then while a page holds one: there pages share what was begun. */
const locks = globalThis.navigator?.vendor?.startsWith("Apple") ? undefined : globalThis.navigator?.locks;

let leave = () => {};
/** Until this page is left: so long its drafts are held. @type {Promise<void>} */
let left;
stay();
globalThis.addEventListener?.("pagehide", stay);

/**
 * What is being typed, kept encrypted until it is saved or cleared; never sent. Later calls win, in the order of calls.
 * Each page has a draft of its own. It takes over one that was begun, the `wished` one if that is named, unless another
 * page has it. What was begun while the lock is shut is taken over once it is unlocked.
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
    const ids = id ? [id] : (await standing(vault, key)).map((row) => row.id);
    id = await take(name, [...ids.filter((one) => one === (wished ?? one)), beside(key) + newId()]);
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

/** What was begun under a key and no open page has. @param {Vault} vault @param {string} key */
export async function begun(vault, key) {
  const rows = await standing(vault, key);
  const free = await freeOf(
    vault.owner,
    rows.map(({ id }) => id),
  );
  const ours = rows.filter(({ id }) => free.includes(id));
  return Promise.all(ours.map(async (row) => ({ id: row.id, typed: JSON.parse(await vault.read(row)) })));
}

/** All that was begun and no open page has, by id alone. @param {string} owner @returns {Promise<string[]>} */
export async function allBegun(owner) {
  return freeOf(
    owner,
    await within(nameOf("drafts", owner), "readonly", (tx) => tx.objectStore("drafts").getAllKeys()),
  );
}

/** @param {string} owner @param {string[]} ids */
async function freeOf(owner, ids) {
  const lock = (/** @type {string} */ id) => nameOf("drafts", owner) + id;
  const free = await Promise.all(ids.map((id) => locks?.request(lock(id), { ifAvailable: true }, Boolean) ?? true));
  return ids.filter((_, place) => free[place]);
}

/** How many entries were begun and not saved. @param {string} owner @returns {Promise<number>} */
export function countDrafts(owner) {
  return within(nameOf("drafts", owner), "readonly", (tx) => tx.objectStore("drafts").count());
}

function stay() {
  leave();
  left = new Promise((go) => (leave = go));
}

/** @param {Vault | Slot} vault @param {string} key @returns {Promise<import("./vault.js").Row[]>} */
async function standing(vault, key) {
  if (vault instanceof Slot) return [];
  const ids = [`draft/${key}`, IDBKeyRange.bound(beside(key), `${beside(key)}\uffff`)];
  const all = (/** @type {any} */ tx) => Promise.all(ids.map((id) => tx.objectStore("drafts").getAll(id)));
  return (await within(nameOf("drafts", vault.owner), "readonly", all)).flat();
}

/** Called so since only a locked phone had several; one alone had no number. @param {string} key */
const beside = (key) => `draft/locked/${key}#`;

/** The first that no other page has is this one's from now on. @param {string} name @param {string[]} ids @returns {Promise<string>} */
async function take(name, [id, ...more]) {
  const isOurs = await new Promise((tell, fail) => {
    const hold = (/** @type {Lock | null} */ lock) => (tell(lock), lock && left);
    locks ? locks.request(name + id, { ifAvailable: true }, hold).catch(fail) : tell(true);
  });
  return isOurs || !more.length ? id : take(name, more);
}
