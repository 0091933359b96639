import "../elements/choice.js";
import "../elements/status.js";
import { Effects } from "../elements/effects-list.js";
import { Entry, named } from "../elements/entry.js";
import { comeIn, copyOf, one } from "./parts/come-in.js";
import { report } from "./parts/report.js";
import { withDoses } from "./parts/taken.js";
import { asIn, dueOf } from "./today/checks.js";

/** @type {(import("./today/checks.js").Check & { effects: string[], question: string, asks_pressure: boolean })[]} */
const CHECKS = JSON.parse(one("#checks").textContent ?? "");

const phone = await comeIn();
if (phone) await open(phone);

/** The checks that are due, or those of the report that the fragment names. @param {import("../store/phone.js").Phone} phone */
async function open(phone) {
  const [{ treatments, course, card }, reports, doses] = await Promise.all([
    phone.clinic(),
    phone.entries("effects"),
    phone.entries("home-dose"),
  ]);
  const found = reports.find(({ record }) => record === named()) ?? null;
  const entry = await Entry.open({ phone, kind: "effects", key: `checks/${found?.record ?? ""}`, found });
  const taken = withDoses(treatments, doses);
  const due = { now: new Date(), treatments: taken, effects: reports, course, asked: card?.asked };
  const answeredThen = found?.heads[0].body?.checks ?? [];
  const shown = found ? asIn(CHECKS, card?.asked).filter(({ id }) => answeredThen.includes(id)) : dueOf(CHECKS, due);
  one("#none-due").hidden = shown.length > 0;
  one(".dock").hidden = !shown.length;
  if (!shown.length) return;
  ask(shown, card?.asked);
  await report(phone, entry, (said) => ({ window: "long-term", checks: answered(shown, said) }));
}

/** @param {typeof CHECKS} shown @param {any} asked */
function ask(shown, asked) {
  const effects = /** @type {Effects} */ (one("tide-effects"));
  effects.offer(asked);
  for (const check of shown) {
    const heading = copyOf("check");
    heading.textContent = check.question;
    one("[data-first]").append(heading);
    effects.first(check.effects);
    if (check.effects.length === 1) askOnce(heading);
  }
  one("[data-slow]").hidden = shown.every(({ lasts }) => lasts);
  const levels = shown.flatMap(({ effects }) => effects.map((id) => `[data-effect="${id}"]:not([data-yes-no])`));
  one("[data-rest]").hidden = !document.querySelector(levels.join());
  const pressure = shown.find(({ asks_pressure }) => asks_pressure);
  one("[aria-labelledby=pressure-name]").hidden = !pressure;
}

/** The question of a check that asks one thing is the question of its row. @param {HTMLElement} heading */
function askOnce(heading) {
  const legend = heading.nextElementSibling?.querySelector("legend");
  const words = document.createElement("b");
  words.textContent = heading.textContent;
  legend?.replaceChildren(words);
  heading.remove();
}

/** Those of which anything was answered. @param {typeof CHECKS} shown @param {Record<string, any>} said */
function answered(shown, said) {
  const told = new Set(said.effects.map((/** @type {any} */ one) => one.effect));
  const has = (/** @type {(typeof CHECKS)[0]} */ check) => check.asks_pressure && said.systolic !== undefined;
  return shown.filter((check) => has(check) || check.effects.some((effect) => told.has(effect))).map(({ id }) => id);
}
