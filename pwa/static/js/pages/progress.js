import "../elements/chart.js";
import "../elements/status.js";
import { dayOf, shortDay } from "../elements/when.js";
import { say } from "../elements/words.js";
import { today } from "../store/days.js";
import { sound } from "../store/entries.js";
import { comeIn, keepDrawn, one } from "./parts/come-in.js";
import { aimsOf } from "./parts/goals.js";
import { withDoses } from "./parts/taken.js";
import { cyclesOf, daysIn, spanOf } from "./progress/days.js";
import { compareTable, fadeTable, isYesNo } from "./progress/fade-tables.js";
import { fadingAfter, mostGone } from "./progress/fading.js";
import { showGoals } from "./progress/goals.js";
import { headline } from "./progress/headline.js";
import { showLatest } from "./progress/latest.js";
import { cycleTable, dayTable } from "./progress/tables.js";

/** @typedef {import("../store/types.js").Entry} Entry */
/** @typedef {{ checkins: Entry[], effects: Entry[], treatments: any[] }} Known */

const CYCLES = 6; // more lines than that cannot be told apart
const QUARTER = 92;

const phone = await comeIn();
/** @type {Known} */
let known = { checkins: [], effects: [], treatments: [] };
if (phone) {
  for (const radio of document.querySelectorAll("[name=window]")) radio.addEventListener("change", drawDays);
  one("#compare").addEventListener("click", compare);
  await keepDrawn(phone, () => draw(phone));
}

/** @param {import("../store/phone.js").Phone} phone */
async function draw(phone) {
  const kinds = ["check-in", "effects", "home-dose", "goal-said"];
  const kept = [phone.clinic(), ...kinds.map((kind) => phone.entries(kind))];
  const [{ treatments: clinics, goals }, checkins, effects, doses, said] = await Promise.all(/** @type {any} */ (kept));
  const treatments = withDoses(clinics, doses);
  known = { checkins: sound(checkins), effects: sound(effects), treatments };
  one("#headline").textContent = headline(known.checkins);
  one("#days").hidden = !known.checkins.length && !treatments.length;
  drawDays();
  drawFading();
  showGoals(aimsOf(goals, said));
  showLatest([...checkins, ...effects].sort((a, b) => b.heads[0].felt_at.localeCompare(a.heads[0].felt_at)));
}

function drawDays() {
  const { checkins, treatments } = known;
  const first = [checkins.at(-1)?.day, treatments[0] && dayOf(treatments[0].at)].filter(Boolean).sort()[0] ?? today();
  one("[value='366']")
    .closest("label")
    ?.toggleAttribute("hidden", spanOf(QUARTER + 1, [], first).from === first);
  const chosen = /** @type {HTMLInputElement} */ (one("[name=window]:checked")).value;
  if (chosen === "cycles") return drawCycles();
  const span = spanOf(Number(chosen), treatments, first);
  const days = daysIn(checkins, treatments, span);
  const several = days.some(({ logged }) => logged.length > 1);
  show(dayTable(days), span, [say("how"), ...(several ? [say("how_several")] : [])].join(" "));
}

function drawCycles() {
  const given = known.treatments.filter(({ status }) => status === "given");
  const cycles = cyclesOf(known.checkins, given, CYCLES);
  show(cycles.length ? cycleTable(cycles) : [], { mode: "cycles" }, say(cycles.length ? "how_cycles" : "no_cycles"));
}

/**
 * The table first, so that the chart finds it when its attributes change.
 * @param {HTMLElement[]} parts
 * @param {Record<string, string>} attributes
 * @param {string} how
 */
function show(parts, attributes, how) {
  const chart = one("tide-chart");
  one("tide-chart table").replaceChildren(...parts);
  for (const name of ["from", "until", "mode"]) {
    if (attributes[name]) chart.setAttribute(name, attributes[name]);
    else chart.removeAttribute(name);
  }
  one("#how").textContent = how;
}

function drawFading() {
  const given = known.treatments.filter(({ status }) => status !== "cancelled");
  const told = given.filter(({ record }) => known.effects.some(({ heads }) => heads[0].body?.treatment === record));
  const last = told.at(-1);
  one("#fading").hidden = !last;
  if (!last) return;
  const fading = fadingAfter(known.effects, last.record);
  const after = last.number
    ? say("fading_after", { n: last.number })
    : say("fading_after_day", { day: shortDay(dayOf(last.at)) });
  const so = !fading.length
    ? [say("none_noted")]
    : mostGone(fading.filter((one) => !isYesNo(one)))
      ? [say("gone")]
      : [];
  one("#fading-say").textContent = [after, ...so].join(" ");
  one("#fading .scroll-x").hidden = !fading.length;
  one("#fading .fade").replaceChildren(...(fading.length ? fadeTable(fading) : []));
  one("#compare").hidden = told.length < 2;
  one("#others .fade").replaceChildren(...compareTable(known.effects, told));
}

function compare() {
  const open = one("#others").hidden;
  one("#others").hidden = !open;
  one("#compare").setAttribute("aria-expanded", String(open));
}
