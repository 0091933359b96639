import { say } from "../../elements/words.js";
import { today } from "../../store/days.js";
import { isTold, tellHere } from "../../store/push.js";
import { keepDrawn, one } from "../parts/come-in.js";

/** @typedef {import("../../store/phone.js").Phone} Phone */

/** As pwa/domain/reminders.py has it before anything was chosen. */
const FIRST = { way: "push", sessions: true, checks: true };

/**
 * What a patient wants of reminders: a version like any other, so that it can be chosen offline. Choices made quickly
 * wait for each other, each stands over the one before; while one waits, nothing older is drawn over it.
 * @param {Phone} phone
 */
export function wireReminders(phone) {
  const form = /** @type {HTMLFormElement} */ (one("#reminders form"));
  let [turn, choosing] = [Promise.resolve(), 0];
  form.addEventListener("change", ({ target }) => {
    const chosen = choiceOf(/** @type {any} */ (target));
    choosing += 1;
    tell("");
    const saving = turn.then(() => save(phone, chosen)).finally(() => (choosing -= 1));
    void saving.then(() => choosing || tell(say("saved"))); // where it fails, the page says what is wrong with its store
    turn = saving.catch(() => {}); // the next choice is kept all the same; the failure was told above
  });
  one("#tell-here").addEventListener("click", () => tap(phone));
  void keepDrawn(phone, () => turn.then(() => draw(phone, form, () => choosing > 0)));
}

/** @param {Phone} phone @param {HTMLFormElement} form @param {() => boolean} isChoosing */
async function draw(phone, form, isChoosing) {
  const wanted = { daily: "", ...FIRST, ...(await kept(phone))?.heads[0].body };
  const mayBeTold = wanted.way === "push" && (await isTold(phone.owner)) === "off";
  if (isChoosing()) return; // drawn again once that is kept
  field(form, "way").value = wanted.way;
  field(form, "daily").value = wanted.daily;
  for (const name of /** @type {const} */ (["sessions", "checks"])) field(form, name).checked = wanted[name];
  one("#which").hidden = wanted.way === "off";
  one("#tell-here").hidden = !mayBeTold;
}

/** @param {Phone} phone @param {Record<string, string | boolean | undefined>} chosen */
async function save(phone, chosen) {
  const found = await kept(phone);
  const body = { ...FIRST, ...found?.heads[0].body, ...chosen };
  await phone.save({ kind: "reminders", record: found?.record, parents: found?.parents, day: today(), body });
}

/** What this one field says, taken at once: a moment later it may show something else. @param {HTMLInputElement} input */
const choiceOf = ({ name, type, checked, value }) => ({ [name]: type === "checkbox" ? checked : value || undefined });

/** @param {Phone} phone */
const kept = async (phone) => (await phone.entries("reminders")).at(0);

/** @param {Phone} phone */
async function tap(phone) {
  tell(say(`tell_${await tellHere(phone.owner)}`));
  one("#tell-here").hidden = (await isTold(phone.owner)) === "on";
}

/** @param {HTMLFormElement} form @param {string} name */
const field = (form, name) => /** @type {any} */ (form.elements.namedItem(name));

/** @param {string} words */
function tell(words) {
  one("#reminders-told").textContent = words;
}
