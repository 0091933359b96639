import "../elements/choice.js";
import "../elements/slide.js";
import "../elements/status.js";
import { leaveSaved } from "../elements/dock.js";
import { Entry, named } from "../elements/entry.js";
import { attend } from "../elements/entry-form.js";
import { offerOtherHeads } from "../elements/other-heads.js";
import { typed, write } from "../elements/typed.js";
import { today } from "../store/days.js";
import { all, comeIn, one } from "./parts/come-in.js";
import { aimsOf } from "./parts/goals.js";

/** @typedef {import("../store/phone.js").Phone} Phone */
/** @typedef {import("./parts/goals.js").Aim} Aim */

const form = one("#entry");
const done = /** @type {HTMLInputElement} */ (one("#done"));

done.addEventListener("change", () => form.dispatchEvent(new Event("answer")));

const phone = await comeIn();
if (phone) await open(phone);

/** The address names a goal, or what was said of one. @param {Phone} phone */
async function open(phone) {
  const [{ goals }, said] = await Promise.all([phone.clinic(), phone.entries("goal-said")]);
  const opened = said.find(({ record }) => record === named());
  const goal = opened?.heads[0].body?.goal ?? named();
  const aim = aimsOf(goals, said).find(({ record }) => record === goal);
  one("#no-goal").hidden = Boolean(aim);
  one(".dock").hidden = !aim;
  if (!aim) return;
  const found = opened ?? said.find(({ day, heads: [{ body }] }) => body?.goal === goal && day === today()) ?? null;
  const entry = await Entry.open({ phone, kind: "goal-said", key: `goal/${goal}`, found });
  one("#goal-h").textContent = aim.words;
  for (const part of all("[data-measure]")) part.hidden = part.dataset.measure !== aim.measure;
  attend(entry, {
    read: () => read(entry, aim),
    fill: (_, body) => fill(body, aim),
    blank: ({ goal: _, ...said }) => !Object.keys(said).length,
    saved: leaveSaved,
  });
  offerOtherHeads(
    found,
    ({ level, wording }) => [level, wording].filter((one) => one !== undefined).join(", "),
    (body) => (entry.take(body), fill(body, aim)),
  );
}

/** What stands as it stood is not said anew: it would win over what another phone says meanwhile. @param {Entry} entry @param {Aim} aim */
function read(entry, aim) {
  const { wording } = typed(form);
  const level = answer(aim).value;
  const { level: _, ...before } = entry.body;
  return {
    day: entry.day,
    body: {
      ...before,
      goal: aim.record,
      ...(level !== null && { level: Number(level) }),
      ...(wording && wording !== aim.words && { wording }),
      ...(done.checked !== aim.done && { done: done.checked }),
    },
  };
}

/** @param {Record<string, any>} body @param {Aim} aim */
function fill(body, aim) {
  write(form, { wording: body.wording ?? aim.words });
  answer(aim).value = aim.measure === "three" && "level" in body ? String(body.level) : body.level;
  done.checked = body.done ?? aim.done;
}

/** @param {Aim} aim */
function answer({ measure }) {
  const its = form.querySelector(`[data-measure=${measure}] [data-answer]`);
  return /** @type {import("../elements/answer.js").Answer} */ (its);
}
