import { backAt, coverWords } from "../../elements/cover.js";
import { moment, say, seenWords } from "../../elements/words.js";
import { isStanding, mayAskAgain } from "../../store/calls.js";
import { today } from "../../store/days.js";
import { seenAt } from "../../store/entries.js";
import { keepDrawn, one } from "./come-in.js";

/** @typedef {import("../../store/phone.js").Phone} Phone */
/** @typedef {import("../../store/types.js").Entry} Entry */

const card = one("#call");
const ask = /** @type {HTMLButtonElement} */ (card.querySelector(".rowlink"));
const asked = /** @type {HTMLElement} */ (card.querySelector(".asked"));
const status = /** @type {HTMLElement} */ (asked.querySelector("[role=status]"));
const back = /** @type {HTMLButtonElement} */ (asked.querySelector("button"));

/** "Ask my clinic to call me", and what became of it: never more than this phone knows. @param {Phone} phone */
export function offerCall(phone) {
  ask.addEventListener("click", () => act(() => phone.save({ kind: "call", day: today(), body: { asked: true } })));
  back.addEventListener("click", () => act(() => takeBack(phone)));
  card.hidden = false;
  return keepDrawn(phone, () => draw(phone));
}

/** @param {Phone} phone */
async function draw(phone) {
  const [calls, clinic] = await Promise.all([phone.entries("call"), phone.clinic()]);
  showHours(clinic.card);
  const call = calls.find((one) => isStanding(one, Date.now()));
  const at = call && seenAt(call, clinic.seen);
  ask.hidden = !!call && !at && !mayAskAgain(call, Date.now());
  one("#call b").textContent = say(call && !at ? "call_again" : "call_ask");
  back.hidden = !call || !!at;
  if (call) tell(at ? seenWords(at) : becameOf(call));
  else if (!asked.dataset.said) asked.hidden = true;
}

/** @param {any} card of the clinic */
function showHours(card) {
  const [cover, when] = [coverWords(card), backAt(card)];
  one("#call-hours").textContent = cover ?? card?.hours?.[document.documentElement.lang] ?? "";
  const [away, there] = cover ? ["call_away", "call_there"] : ["call_reads", "call_unread"];
  one("#call-reads").textContent = when ? say(away, { when }) : say(there);
}

/** @param {Entry} call */
function becameOf({ waiting, attention, heads: [{ written_at }] }) {
  if (attention) return say("call_attention");
  return waiting ? say("call_waiting") : say("call_sent", { when: moment(written_at) });
}

/** @param {Phone} phone */
async function takeBack(phone) {
  const call = (await phone.entries("call")).find((one) => isStanding(one, Date.now()));
  if (!call) return;
  const { record, parents, heads } = call;
  await phone.save({ kind: "call", record, parents, day: heads[0].day, felt_at: heads[0].felt_at, body: null });
  keepSaying("call_back");
}

/** A second tap would ask twice. @param {() => Promise<unknown>} work */
async function act(work) {
  card.inert = true;
  delete asked.dataset.said;
  await work().catch(() => keepSaying("call_unsaved"));
  card.inert = false;
  asked.hidden = false;
  status.focus();
}

/** Stands though nothing is asked now. @param {string} words */
function keepSaying(words) {
  asked.dataset.said = words;
  tell(say(words));
}

/** @param {string} sentence */
function tell(sentence) {
  asked.hidden = false;
  if (status.textContent !== sentence) status.textContent = sentence; // else it would be read out again
}
