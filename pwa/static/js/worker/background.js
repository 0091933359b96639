import { Copies } from "../store/copies.js";
import { readDoor } from "../store/doorstep.js";
import { openKey } from "../store/keys.js";
import { Sender } from "../store/sender.js";
import * as outbox from "../store/outbox.js";
import { Vault } from "../store/vault.js";

/** Sends what waits with no page open. If that fails the browser tries again, and if it stops trying, the next page does. */
export async function sendWhatWaits() {
  const { owner, device } = await readDoor();
  if (!owner || !device || !(await outbox.count(owner))) return;
  const sender = new Sender(new Copies(new Vault(owner, await openKey(owner))), device);
  await sender.sync();
  const channel = new BroadcastChannel(`tidelog-${owner}`);
  channel.postMessage("change");
  channel.close();
  if (sender.trouble) throw new Error(sender.trouble);
}
