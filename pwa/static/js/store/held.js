// Which page has which draft, so that two tabs never write over one another.
import { nameOf } from "./databases.js";

/** Not WebKit's, which stands still for good now and then while a page holds one: there pages share what was begun. */
const locks = globalThis.navigator?.vendor?.startsWith("Apple") ? undefined : globalThis.navigator?.locks;

let leave = () => {};
/** Until this page is left: so long its drafts are held. @type {Promise<void>} */
export let left;
stay();
globalThis.addEventListener?.("pagehide", stay);

/** The first that no other page has is this one's from now on. @param {string} owner @param {string[]} ids @returns {Promise<string>} */
export async function take(owner, [id, ...more]) {
  const isOurs = await new Promise((tell, fail) => {
    const hold = (/** @type {Lock | null} */ lock) => (tell(lock), lock && left);
    locks ? locks.request(lockOf(owner, id), { ifAvailable: true }, hold).catch(fail) : tell(true);
  });
  return isOurs || !more.length ? id : take(owner, more);
}

/** Those that no open page has. @param {string} owner @param {string[]} ids */
export async function freeOf(owner, ids) {
  const free = await Promise.all(
    ids.map((id) => locks?.request(lockOf(owner, id), { ifAvailable: true }, Boolean) ?? true),
  );
  return ids.filter((_, place) => free[place]);
}

function stay() {
  leave();
  left = new Promise((go) => (leave = go));
}

/** @param {string} owner @param {string} id */
const lockOf = (owner, id) => nameOf("drafts", owner) + id;
