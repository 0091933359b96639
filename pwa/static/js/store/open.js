import { Guard } from "./guard.js";
import { takeOver } from "./handover.js";
import { openKey } from "./keys.js";
import * as leave from "./leave.js";
import { lockOf, rowsOf } from "./lock.js";
import { noteLock } from "./lock-note.js";
import { whoseStores } from "./owner.js";
import { Phone } from "./phone.js";
import { Slot } from "./slot.js";
import { Vault } from "./vault.js";
import { watch } from "./when.js";

/** @type {Promise<Phone | null> | undefined} */
let opened;

/** The stores of whoever uses this phone; null if nobody ever signed in here. If that fails, the next call tries again. */
export function openPhone() {
  opened ??= open().catch((error) => {
    opened = undefined;
    throw error;
  });
  return opened;
}

async function open() {
  await leave.finish();
  const who = await whoseStores();
  if (!who) return null;
  const vault = await vaultOf(who.owner);
  const phone = new Phone(vault, who.device);
  const lock = await lockOf(who.owner);
  if (lock) noteLock(who.owner);
  if (lock && vault instanceof Vault) void new Guard(phone, vault, lock.after).watch(document);
  // nor does a form that was filled while it is locked come back out of the browser's memory
  if (phone.locked) addEventListener("pageshow", ({ persisted }) => persisted && location.reload());
  watch(phone);
  return phone;
}

/** While the lock is shut, a slot. @param {string} owner */
async function vaultOf(owner) {
  const data = (await openKey(owner)) ?? (await takeOver(owner, (await rowsOf(owner, "data"))[0].name));
  return data ? new Vault(owner, data) : Slot.open(owner);
}
