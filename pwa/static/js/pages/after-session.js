import "../elements/choice.js";
import "../elements/status.js";
import { Effects } from "../elements/effects-list.js";
import { Entry, named } from "../elements/entry.js";
import { capital, clock, dayOf, nearDay } from "../elements/when.js";
import { say } from "../elements/words.js";
import { today } from "../store/days.js";
import { comeIn, copyOf, one } from "./parts/come-in.js";
import { report } from "./parts/report.js";
import { withDoses } from "./parts/taken.js";

/** How many sessions Change offers. */
const OFFERED = 6;
const HOUR = 3_600_000;
/** @type {{ first: Record<string, string[]>, always: string[], until: [window: string, hours: number][], tags: Record<string, string> }} */
const asked = JSON.parse(one("#asked").textContent ?? "");

const phone = await comeIn();
if (phone) await open(phone);

/** The fragment may name a session or a report. @param {import("../store/phone.js").Phone} phone */
async function open(phone) {
  const [{ treatments: clinics, card }, reports, doses] = await Promise.all([
    phone.clinic(),
    phone.entries("effects"),
    phone.entries("home-dose"),
  ]);
  const treatments = withDoses(clinics, doses);
  const wished = named();
  const past = treatments.filter(({ status, at }) => status !== "cancelled" && Date.parse(at) <= Date.now()).reverse();
  const edited = reports.find(({ record }) => record === wished);
  const wanted = edited?.heads[0].body?.treatment ?? wished;
  const treatment = treatments.find(({ record }) => record === wanted) ?? past[0];
  if (!treatment) return none(phone);
  const key = `effects/${(edited ?? treatment).record}`;
  const kept = await phone.draft(key).get();
  const window = kept?.body.window ?? edited?.heads[0].body?.window ?? windowNow(treatment);
  const found =
    edited ?? reports.find(({ heads: [{ body }] }) => body?.treatment === treatment.record && body?.window === window);
  const entry = await Entry.open({ phone, kind: "effects", key, found: found ?? null, day: today() });
  show(treatment, window, past);
  const effects = /** @type {Effects} */ (one("tide-effects"));
  effects.offer(card?.asked);
  effects.first([...asked.first[treatment.route], ...asked.always], treatment.route);
  await report(phone, entry, () => ({ treatment: treatment.record, window }));
}

/** Until the first ones come from the clinic. @param {import("../store/phone.js").Phone} phone */
function none(phone) {
  phone.addEventListener("change", async () => (await phone.clinic()).treatments.length && location.reload());
  one("#entry").hidden = true;
  one(".dock").hidden = true;
  one("#no-session").hidden = false;
}

/**
 * The rule of `pwa/domain/days.py`; a session that began before its time is acute too.
 * @param {{ at: string }} treatment
 */
function windowNow({ at }) {
  const hours = (Date.now() - Date.parse(at)) / HOUR;
  return asked.until.find(([, until]) => hours < until)?.[0] ?? "long-term";
}

/**
 * @param {any} treatment
 * @param {string} window
 * @param {any[]} past
 */
function show(treatment, window, past) {
  draw(one("#about"), treatment);
  one("#window").textContent = say(`window.${window}`);
  const list = one("#sessions");
  for (const other of past.slice(0, OFFERED)) {
    const item = copyOf("session");
    draw(item, other);
    /** @type {HTMLAnchorElement} */ (item.querySelector("a")).href = `#${other.record}`;
    if (other.record === treatment.record) item.querySelector("a")?.setAttribute("aria-current", "true");
    list.append(item);
  }
  one("#change").hidden = past.length < 2;
}

/**
 * @param {HTMLElement} box
 * @param {any} treatment
 */
function draw(box, { route, number, at }) {
  const words = { route: say(`route.${route}`), n: number };
  const text = {
    tag: asked.tags[route],
    name: say(number ? "session" : "session_plain", words),
    "when-it-was": when(at),
  };
  for (const [name, value] of Object.entries(text))
    /** @type {HTMLElement} */ (box.querySelector(`[data-${name}]`)).textContent = value;
}

/** @param {string} at */
function when(at) {
  return `${capital(nearDay(dayOf(at)))}, ${clock(at)}`;
}
