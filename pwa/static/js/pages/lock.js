import "../elements/status.js";
import { say } from "../elements/words.js";
import { handOver } from "../store/handover.js";
import { lockOf, unlock } from "../store/lock.js";
import { openPhone } from "../store/open.js";
import { wireForgot } from "./lock/forgot.js";
import { Pad } from "./lock/pad.js";
import { wirePasskey } from "./lock/passkey.js";
import { showPlan } from "./lock/plan.js";
import { wait } from "./lock/wait.js";
import { wireWithoutWorker } from "./lock/without-worker.js";
import { all, here, one } from "./parts/come-in.js";

/** @typedef {import("../store/phone.js").Phone} Phone */
/** @typedef {import("../store/keys.js").DataKey} DataKey */

const MINUTE = 60_000;

const phone = await openPhone();
if (!phone) for (const part of all("[data-when=signed-out]")) part.hidden = false;
else if (!phone.locked) goOn();
else await ask(phone.owner);

/** @param {string} owner */
async function ask(owner) {
  const pad = new Pad(async (pin) => {
    pad.open(false);
    tell(say("opening"));
    const data = await unlock(owner, pin).catch((error) => {
      pad.clear();
      pad.open(true);
      tell(say("enter"));
      throw error;
    });
    if (data) return enter(owner, data, pin);
    pad.clear();
    await wait(owner, pad, tell, say("wrong"));
  });
  for (const part of all("#ask, #sea")) part.hidden = false;
  await showPlan(owner);
  await wait(owner, pad, tell);
  await wirePasskey(owner, (data) => enter(owner, data));
  await wireForgot(/** @type {Phone} */ (phone));
}

/** @param {string} owner @param {DataKey} data @param {string} [pin] */
async function enter(owner, data, pin) {
  const lock = await lockOf(owner);
  if (await handOver(owner, data, (lock?.after ?? 0) * MINUTE)) return goOn();
  wireWithoutWorker(owner, pin, goOn);
}

/** To the page that was asked for, which stands behind the #. */
function goOn() {
  const wanted = location.hash.slice(1);
  location.replace(wanted.startsWith(here("")) && !wanted.startsWith(here("lock")) ? wanted : here(""));
}

/** @param {string} words */
function tell(words) {
  one("#says").textContent = words;
}
