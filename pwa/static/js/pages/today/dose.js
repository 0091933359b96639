import { say } from "../../elements/words.js";
import { clock } from "../../elements/when.js";
import { localIso } from "../../store/days.js";
import { one } from "../parts/come-in.js";

/** @typedef {import("../../store/types.js").Entry} Entry */

/** So long after a dose Today asks whether one is OK, in ms. */
const ASKED = 86_400_000;

/**
 * After a dose at home: the button that says "I am OK", until it was pressed.
 * @param {import("../../store/phone.js").Phone} phone
 * @param {Entry[]} doses the newest first
 * @param {Date} now
 */
export function showOk(phone, doses, now) {
  const dose = doses.find((entry) => isOpen(entry, now));
  const card = one("#ok");
  card.hidden = !dose;
  if (!dose) return;
  const { body } = dose.heads[0];
  /** @type {HTMLElement} */ (card.querySelector("p")).textContent = say("dose_at", { time: clock(body?.at ?? "") });
  one("#ok button").onclick = () => sayOk(phone, dose);
}

/** @param {Entry} entry @param {Date} now */
function isOpen({ heads: [{ body }] }, now) {
  const passed = now.getTime() - Date.parse(body?.at);
  return !!body && !body.ok_at && passed >= 0 && passed < ASKED;
}

/** @param {import("../../store/phone.js").Phone} phone @param {Entry} dose */
async function sayOk(phone, { record, parents, heads: [{ day, felt_at, body }] }) {
  await phone.save({ kind: "home-dose", record, parents, day, felt_at, body: { ...body, ok_at: localIso() } });
}
