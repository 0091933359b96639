import { Copies } from "../store/copies.js";
import { readDoor } from "../store/doorstep.js";
import { openKey } from "../store/keys.js";
import { Sender } from "../store/sender.js";
import { Shut } from "../store/shut.js";
import { Slot } from "../store/slot.js";
import * as outbox from "../store/outbox.js";
import { Vault } from "../store/vault.js";

/** Sends what waits with no page open. If that fails the browser tries again, and if it stops trying, the next page does. */
export async function sendWhatWaits() {
  const { owner, device } = await readDoor();
  if (!owner || !device || !(await outbox.count(owner))) return;
  const sender = new Sender(await copiesOf(owner), device);
  await sender.sync();
  const channel = new BroadcastChannel(`tidelog-${owner}`);
  channel.postMessage("change");
  channel.close();
  if (sender.trouble) throw new Error(sender.trouble);
}

/** With the app lock on, what has a sealed form, whether a page is unlocked or not. @param {string} owner */
async function copiesOf(owner) {
  const data = await openKey(owner);
  return data ? new Copies(new Vault(owner, data)) : new Shut(await Slot.open(owner));
}
