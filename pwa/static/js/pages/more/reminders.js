import { say } from "../../elements/words.js";
import { today } from "../../store/days.js";
import { isTold, tellHere } from "../../store/push.js";
import { keepDrawn, one } from "../parts/come-in.js";

/** @typedef {import("../../store/phone.js").Phone} Phone */

/** As pwa/domain/reminders.py has it before anything was chosen. */
const FIRST = { way: "push", sessions: true, checks: true };

/** What a patient wants of reminders: a version like any other, so that it can be chosen offline. @param {Phone} phone */
export function wireReminders(phone) {
  const form = /** @type {HTMLFormElement} */ (one("#reminders form"));
  form.addEventListener("change", () => save(phone, form));
  one("#tell-here").addEventListener("click", () => tap(phone));
  void keepDrawn(phone, () => draw(phone, form));
}

/** @param {Phone} phone @param {HTMLFormElement} form */
async function draw(phone, form) {
  const [found] = await phone.entries("reminders");
  const wanted = { daily: "", ...FIRST, ...found?.heads[0].body };
  field(form, "way").value = wanted.way;
  field(form, "daily").value = wanted.daily;
  for (const name of /** @type {const} */ (["sessions", "checks"])) field(form, name).checked = wanted[name];
  one("#which").hidden = wanted.way === "off";
  one("#tell-here").hidden = wanted.way !== "push" || (await isTold(phone.owner)) !== "off";
}

/** @param {Phone} phone @param {HTMLFormElement} form */
async function save(phone, form) {
  const [found] = await phone.entries("reminders");
  const daily = field(form, "daily").value;
  const body = {
    way: field(form, "way").value,
    sessions: field(form, "sessions").checked,
    checks: field(form, "checks").checked,
    ...(daily && { daily }),
  };
  const { record, parents } = found ?? {};
  await phone.save({ kind: "reminders", record, parents, day: today(), body });
}

/** @param {Phone} phone */
async function tap(phone) {
  one("#reminders-told").textContent = say(`tell_${await tellHere(phone.owner)}`);
  one("#tell-here").hidden = (await isTold(phone.owner)) === "on";
}

/** @param {HTMLFormElement} form @param {string} name */
const field = (form, name) => /** @type {any} */ (form.elements.namedItem(name));
