import "../elements/choice.js";
import "../elements/status.js";
import { Effects } from "../elements/effects-list.js";
import { Entry, named } from "../elements/entry.js";
import { capital, clock, dayOf, howLongAgo, nearDay } from "../elements/when.js";
import { say } from "../elements/words.js";
import { comeIn, copyOf, here, one } from "./parts/come-in.js";
import { report } from "./parts/report.js";
import { withDoses } from "./parts/taken.js";
import { dayBefore, dayOfSession, isAbout, restNow } from "./today/now.js";

/** How many sessions Change offers. */
const OFFERED = 6;
const HOUR = 3_600_000;
/** The draft about a session that the clinic has yet to enter. */
const UNNAMED = "effects/had";
/** @type {{ first: Record<string, string[]>, always: string[], until: [window: string, hours: number][], tags: Record<string, string> }} */
const asked = JSON.parse(one("#asked").textContent ?? "");

const phone = await comeIn();
if (phone) await open(phone);

/** The fragment may name a session or a report. @param {import("../store/phone.js").Phone} phone */
async function open(phone) {
  const [{ treatments: clinics, card, course }, reports, doses, rest, begun] = await Promise.all([
    phone.clinic(),
    phone.entries("effects"),
    phone.entries("home-dose"),
    restNow(new Date()),
    phone.draft(UNNAMED).get(),
  ]);
  const wished = named();
  const edited = reports.find(({ record }) => record === wished);
  const treatments = withDoses(clinics, doses);
  const standing = treatments.filter(({ status }) => status !== "cancelled");
  const past = standing.filter(({ at }) => Date.parse(at) <= Date.now()).reverse();
  const chosen = treatments.find(({ record }) => record === (edited?.heads[0].body?.treatment ?? wished));
  const day = edited?.day ?? begun?.day ?? (rest && dayBefore(rest));
  // of which she alone has said that she had it, until the clinic enters it; by which route, as far as is known
  const unnamed = { day, route: (past[0] ?? course)?.route ?? "iv" };
  const had = day && (standing.findLast((one) => dayOfSession(one) === day) ?? unnamed);
  const session = chosen ?? (had || past[0]);
  if (!session) return none(phone);
  const about = edited ? wished : (chosen || !begun) && session.record;
  const key = about ? `effects/${about}` : UNNAMED;
  const kept = await phone.draft(key).get();
  let window = (kept?.day && kept.body.window) ?? edited?.heads[0].body?.window ?? windowNow(session);
  const found = edited ?? reports.find((entry) => isAbout(entry, session, window)) ?? null;
  const entry = await Entry.open({ phone, kind: "effects", key, found, day: session.day });
  show(session, window, had && !past.includes(had) ? [had, ...past] : past);
  const effects = /** @type {Effects} */ (one("tide-effects"));
  effects.offer(card?.asked);
  effects.first([...asked.first[session.route], ...asked.always], session.route);
  const turned = () => !entry.dated && windowNow(session) !== window;
  document.addEventListener("visibilitychange", () => turned() && location.reload());
  await report(phone, entry, () => {
    if (turned()) name((window = windowNow(session)));
    return { ...(session.record && { treatment: session.record }), window };
  });
}

/** Until the first ones come from the clinic. @param {import("../store/phone.js").Phone} phone */
function none(phone) {
  phone.addEventListener("change", async () => (await phone.clinic()).treatments.length && location.reload());
  one("#entry").hidden = true;
  one(".dock").hidden = true;
  one("#no-session").hidden = false;
}

/**
 * The rule of `pwa/domain/days.py`; a session that began before its time is acute too, and one that is not entered yet.
 * @param {{ at?: string }} session
 */
function windowNow({ at }) {
  const hours = at ? (Date.now() - Date.parse(at)) / HOUR : 0;
  return asked.until.find(([, until]) => hours < until)?.[0] ?? "long-term";
}

/**
 * @param {any} session
 * @param {string} window
 * @param {any[]} all  between which one can choose
 */
function show(session, window, all) {
  draw(one("#about"), session);
  name(window);
  const list = one("#sessions");
  for (const other of all.slice(0, OFFERED)) {
    const item = copyOf("session");
    draw(item, other);
    const link = /** @type {HTMLAnchorElement} */ (item.querySelector("a"));
    link.href = other.record ? `#${other.record}` : here("after-session");
    if (other === session) link.setAttribute("aria-current", "true");
    list.append(item);
  }
  one("#about .btn").hidden = all.length < 2;
}

/** @param {string} window */
function name(window) {
  one("#window").textContent = say(`window.${window}`);
}

/**
 * @param {HTMLElement} box
 * @param {any} session
 */
function draw(box, { route, number, at, day }) {
  const words = { route: say(`route.${route}`), n: number };
  const text = {
    tag: asked.tags[route],
    name: at ? say(number ? "session" : "session_plain", words) : say("session_had", { day: howLongAgo(day) }),
    "when-it-was": at ? `${capital(nearDay(dayOf(at)))}, ${clock(at)}` : "",
  };
  for (const [name, value] of Object.entries(text))
    /** @type {HTMLElement} */ (box.querySelector(`[data-${name}]`)).textContent = value;
}
