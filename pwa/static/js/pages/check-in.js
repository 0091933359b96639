import "../elements/choice.js";
import "../elements/gauge.js";
import "../elements/slide.js";
import "../elements/status.js";
import "../elements/stepper.js";
import { answersIn } from "../elements/answer.js";
import { ChosenDay } from "../elements/day.js";
import { Entry, named } from "../elements/entry.js";
import { leave, leaveSaved } from "../elements/dock.js";
import { attend } from "../elements/entry-form.js";
import { showNumbers } from "../elements/numbers.js";
import { offerOtherHeads } from "../elements/other-heads.js";
import { Stages } from "../elements/stages.js";
import { Thoughts } from "../elements/thoughts.js";
import { typed, unasked, write } from "../elements/typed.js";
import { door } from "../store/door.js";
import { all, comeIn, offerPlan, one } from "./parts/come-in.js";

/** @typedef {import("../store/phone.js").Phone} Phone */

const form = /** @type {HTMLFormElement} */ (document.querySelector("#entry"));
const day = /** @type {ChosenDay} */ (form.querySelector("tide-day"));
const thoughts = /** @type {Thoughts} */ (form.querySelector("tide-thoughts"));
const answers = answersIn(form).filter((answer) => answer !== day);

const phone = await comeIn({ adds: true });
if (phone) await open(phone);

/** @param {Phone} phone */
async function open(phone) {
  const record = named();
  const found = record ? await phone.entry(record) : null;
  const entry = await Entry.open({
    phone,
    kind: "check-in",
    key: found ? `check-in/${record}` : "check-in",
    found,
  });
  one("#gone").hidden = !record || found !== null;
  await showNumbers(phone);
  attend(entry, { read: () => read(entry), fill, saved: () => saved(phone, entry) });
  day.follow(form, entry);
  await askAboutThoughts(phone, entry);
  await offerPlan(phone);
  if (found && !entry.drafted) await thoughts.keepTelling(phone, entry);
  offerOtherHeads(found, describe, (body) => use(entry, body));
  if (document.documentElement.dataset.mode === "after") new Stages(form, entry, leave);
}

/**
 * Asked of today only, and where the clinic asks it; an answer that was given can always be changed.
 * @param {Phone} phone
 * @param {Entry} entry
 */
function askAboutThoughts(phone, entry) {
  const ask = async () => {
    const [{ card }, { asks_thoughts }] = await Promise.all([phone.clinic(), door.get()]);
    const asks = card ? card.thoughts_asked === true : asks_thoughts; // while it is locked no card can be read
    thoughts.ask("thoughts" in entry.body || (asks && !day.earlier));
    for (const words of all("[data-today]")) words.hidden = day.earlier;
    for (const words of all("[data-earlier]")) words.hidden = !day.earlier;
  };
  for (const news of ["answer", "turned"]) day.addEventListener(news, ask);
  phone.addEventListener("change", ask);
  return ask();
}

/** @param {Entry} entry */
function read(entry) {
  const said = answers.filter((answer) => answer.value !== null && !answer.hidden);
  const answered = Object.fromEntries(said.map((answer) => [answer.name, answer.value]));
  return { day: day.value, body: { ...unasked(form, entry.body), ...answered, ...typed(form) } };
}

/**
 * @param {string} about
 * @param {Record<string, any>} body
 */
function fill(about, body) {
  day.value = about;
  for (const answer of answers) answer.value = body[answer.name];
  write(form, body);
  thoughts.draw();
}

/** @param {Record<string, any>} body */
function describe(body) {
  const said = answers.filter(({ name }) => name in body && name !== "thoughts");
  return said.map(({ name, dataset }) => `${dataset.title} ${body[name]}`).join(", ") || (body.note ?? "");
}

/**
 * @param {Entry} entry
 * @param {Record<string, any>} body
 */
function use(entry, body) {
  entry.take(body);
  fill(day.value, body);
  day.say(day.value);
}

/**
 * With help on the screen the page stays, and says when the clinic was told.
 * @param {Phone} phone
 * @param {Entry} entry
 */
async function saved(phone, entry) {
  if (!thoughts.isYes || thoughts.choice.hidden) return leaveSaved();
  thoughts.stay();
  await thoughts.keepTelling(phone, entry);
}
