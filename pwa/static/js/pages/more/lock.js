import { say } from "../../elements/words.js";
import { forgetKey, handOver, keeper } from "../../store/handover.js";
import { lockOf } from "../../store/lock.js";
import { changePin, lockAfter, lockOff, lockOn } from "../../store/locking.js";
import { learnServerKey } from "../../store/owner.js";
import { addPasskey, hasPasskey, mayHavePasskey, removePasskey } from "../../store/passkey.js";
import { hidePlanWhileLocked, planWhileLocked, showPlanWhileLocked } from "../../store/plan.js";
import { all, one } from "../parts/come-in.js";

/** @typedef {import("../../store/phone.js").Phone} Phone */

const MINUTE = 60_000;
const PIN = /^\d{6}$/;
const FIRST = 5;

/** The app lock: off until the patient switches it on. @param {Phone} phone */
export async function wireLock(phone) {
  const lock = await lockOf(phone.owner);
  for (const part of all("[data-lock]")) part.hidden = (part.dataset.lock === "on") !== !!lock;
  for (const radio of /** @type {HTMLInputElement[]} */ (all("[name=after]"))) {
    radio.checked = Number(radio.value) === (lock?.after ?? FIRST);
    radio.addEventListener("change", async () => lock && (await lockAfter(phone.owner, chosenAfter()), again(phone)));
  }
  if (lock) await wireOn(phone);
  else on("lock-on", () => switchOn(phone));
}

/** @param {Phone} phone */
async function wireOn(phone) {
  const has = await hasPasskey(phone.owner);
  one("#add-passkey").hidden = has || !(await mayHavePasskey());
  one("#remove-passkey").hidden = !has;
  await wirePlan(phone);
  on("lock-now", async () => phone.tell("locked"));
  on("lock-off", async () => {
    if (!PIN.test(typed("pin-now"))) return tell(say("pin_form")); // what is no PIN counts as no try
    if (!(await lockOff(phone.owner, typed("pin-now")))) return tell(say("pin_wrong"));
    await forgetKey();
    again(phone);
  });
  on("change-pin", async () => {
    if (![typed("pin-now"), typed("pin-next")].every((pin) => PIN.test(pin))) return tell(say("pin_form"));
    if (typed("pin-next") !== typed("pin-once-more")) return tell(say("pin_next_differs"));
    tell(say((await changePin(phone.owner, typed("pin-now"), typed("pin-next"))) ? "pin_changed" : "pin_wrong"));
  });
  on("remove-passkey", async () => (await removePasskey(phone.owner), again(phone)));
  on("add-passkey", async () => {
    if (!PIN.test(typed("pin-now"))) return tell(say("pin_form"));
    const came = await addPasskey(phone.owner, typed("pin-now"));
    if (came === "added") again(phone);
    else tell(say(came === "pin" ? "pin_wrong" : "no_passkey"));
  });
}

/** Whether the locked screen shows the safety plan: a choice, off until it is made. @param {Phone} phone */
async function wirePlan(phone) {
  const choice = /** @type {HTMLInputElement} */ (one("#plan-locked"));
  choice.checked = (await planWhileLocked(phone.owner)) !== undefined;
  choice.addEventListener("change", () =>
    choice.checked ? showPlanWhileLocked(phone) : hidePlanWhileLocked(phone.owner),
  );
}

/** @param {Phone} phone */
async function switchOn(phone) {
  if (!PIN.test(typed("pin-new"))) return tell(say("pin_form"));
  if (typed("pin-new") !== typed("pin-again")) return tell(say("pin_differs"));
  if (!(await keeper())?.active) return tell(say("lock_not_here"));
  await learnServerKey(phone.owner);
  const vault = /** @type {import("../../store/vault.js").Vault} */ (phone.vault);
  if (!(await lockOn(vault, typed("pin-new"), chosenAfter()))) return tell(say("lock_offline"));
  await handOver(phone.owner, vault.data, chosenAfter() * MINUTE);
  again(phone);
}

/** Every open page looks at the lock anew. @param {Phone} phone */
function again(phone) {
  phone.tellOthers("left");
  location.reload();
}

/** A button that waits for its turn. No PIN stays in a field, whatever came of it. @param {string} id @param {() => Promise<unknown>} act */
function on(id, act) {
  const button = /** @type {HTMLButtonElement} */ (one(`#${id}`));
  button.addEventListener("click", async () => {
    button.disabled = true;
    await act().finally(() => {
      button.disabled = false;
      for (const field of /** @type {HTMLInputElement[]} */ (all("#lock .pin"))) field.value = "";
    });
  });
}

const chosenAfter = () => Number(/** @type {HTMLInputElement} */ (one("[name=after]:checked")).value);

/** @param {string} id */
const typed = (id) => /** @type {HTMLInputElement} */ (one(`#${id}`)).value;

/** @param {string} words */
function tell(words) {
  one("#lock-told").textContent = words;
}
