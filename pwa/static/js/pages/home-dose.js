import "../elements/choice.js";
import "../elements/status.js";
import { ChosenDay } from "../elements/day.js";
import { leaveSaved } from "../elements/dock.js";
import { Entry, named } from "../elements/entry.js";
import { attend } from "../elements/entry-form.js";
import { showNumbers } from "../elements/numbers.js";
import { offerOtherHeads } from "../elements/other-heads.js";
import { typed, unasked, write } from "../elements/typed.js";
import { dayOf } from "../elements/when.js";
import { say } from "../elements/words.js";
import { localIso, morningAfter } from "../store/days.js";
import { door } from "../store/door.js";
import { all, comeIn, one } from "./parts/come-in.js";
import { plannedNow, withDoses } from "./parts/taken.js";

/** @typedef {import("../store/phone.js").Phone} Phone */
/** @typedef {import("./parts/taken.js").Treatment} Plan */

/** Minutes that it works where no plan says it: as long as any of them. */
const LONGEST = 180;
const form = /** @type {HTMLFormElement} */ (one("#entry"));
const day = /** @type {ChosenDay} */ (form.querySelector("tide-day"));
const at = /** @type {HTMLInputElement} */ (one("#clock"));
const [someone, route] = ["someone", "route"].map(
  (name) => /** @type {import("../elements/answer.js").Answer} */ (form.querySelector(`tide-choice[name=${name}]`)),
);

const phone = await comeIn();
if (phone) await open(phone);

/** @param {Phone} phone */
async function open(phone) {
  const record = named();
  const found = record ? await phone.entry(record) : null;
  const key = found ? `home-dose/${record}` : "home-dose";
  const entry = await Entry.open({ phone, kind: "home-dose", key, found });
  one("#gone").hidden = !record || found !== null;
  const [{ treatments }, doses] = await Promise.all([phone.clinic(), phone.entries("home-dose")]);
  const plan = found ? null : plannedNow(withDoses(treatments, doses), new Date());
  tellPlan(plan);
  await showNumbers(phone);
  day.follow(form, entry);
  attend(entry, { read: () => read(entry, plan), fill, saved: () => saved(plan, found === null) });
  offerOtherHeads(
    found,
    ({ mg }) => `${mg} mg`,
    (body) => (entry.take(body), fill(day.value, body)),
  );
}

/** What the plan says is told and never filled in. @param {Plan | null} plan */
function tellPlan(plan) {
  for (const line of all("[data-plan]")) {
    line.hidden = !plan;
    if (plan) line.textContent = say("plan", { dose: `${plan.dose} ${plan.unit}` });
  }
}

/** @param {Entry} entry @param {Plan | null} plan */
function read(entry, plan) {
  const said = {
    ...(route.value && { route: route.value }),
    ...(someone.value && { someone: someone.value === "yes" }),
    ...(plan && { treatment: plan.record }),
  };
  return { day: day.value, body: { ...unasked(form, entry.body), ...said, ...typed(form), at: moment(entry) } };
}

/** With a time left blank it is when it is said, or stays what it was. @param {Entry} entry */
function moment(entry) {
  if (!at.value) return entry.body.at ?? entry.felt(day.value);
  const [[year, month, date], [hour, minute]] = [day.value.split("-").map(Number), at.value.split(":").map(Number)];
  return localIso(new Date(year, month - 1, date, hour, minute));
}

/** @param {string} about @param {Record<string, any>} body */
function fill(about, body) {
  day.value = about;
  route.value = body.route ?? null;
  someone.value = body.someone === undefined ? null : body.someone ? "yes" : "no";
  at.value = body.at && dayOf(body.at) === about ? body.at.slice(11, 16) : "";
  write(form, body);
}

/** The screen turns dim until the morning, as after a session. @param {Plan | null} plan @param {boolean} isNew */
async function saved(plan, isNew) {
  const end = new Date(Date.parse(taken()) + (plan?.minutes ?? LONGEST) * 60_000);
  const until = morningAfter(end);
  if (isNew && until > new Date()) await door.set({ after_from: null, after_until: localIso(until), after_off: null });
  leaveSaved();
}

const taken = () => (at.value ? `${day.value}T${at.value}` : localIso());
