import "../elements/status.js";
import { posts, water } from "../elements/course.js";
import { isIphoneTab } from "../elements/tab.js";
import { showWeek } from "../elements/week.js";
import { capital, daysUpTo, longDay } from "../elements/when.js";
import { say } from "../elements/words.js";
import { today } from "../store/days.js";
import { door } from "../store/door.js";
import { sound } from "../store/entries.js";
import { offerCall } from "./parts/call.js";
import { comeIn, copyOf, here, keepDrawn, offerPlan, one, opens } from "./parts/come-in.js";
import { withDoses } from "./parts/taken.js";
import { dueOf } from "./today/checks.js";
import { restedOf, wasJust } from "./today/after.js";
import { showBegun } from "./today/begun.js";
import { showOk } from "./today/dose.js";
import { oneThing, restNow } from "./today/now.js";
import { stillGoing } from "./today/ongoing.js";
import { wireLook } from "./today/look.js";
import { showOffers } from "./today/offers.js";
import { showSeen } from "./today/seen.js";
import { showVisit } from "./today/visit.js";
import { drawnOf, placeOf, postsOf } from "./today/place.js";

/** @type {(import("./today/checks.js").Check & { name: string })[]} */
const CHECKS = JSON.parse(one("#checks").textContent ?? "");
/** @type {Record<string, string>} */
const EFFECTS = JSON.parse(one("#effects").textContent ?? "");

greet("");
const phone = await comeIn();
if (phone) {
  wireLook();
  await tellLost();
  void offerCall(phone);
  await keepDrawn(phone, () => draw(phone));
}

/** @param {import("../store/phone.js").Phone} phone */
async function draw(phone) {
  const now = new Date();
  const kept = [phone.clinic(), ...["check-in", "effects", "home-dose", "aside"].map((kind) => phone.entries(kind))];
  const [{ course, card, seen, visits, offers, treatments: clinics }, checkins, effects, doses, asides] =
    await Promise.all(/** @type {any} */ (kept));
  const [status, rest, treatments] = [await phone.status(), await restNow(now), withDoses(clinics, doses)];
  leadOn(phone.sender);
  greet(rest ? say("slowly") : "");
  if (rest) one("#date").textContent = wasJust(course, treatments, rest, now) || one("#date").textContent;
  showCourse(course, treatments, now);
  showNow(oneThing({ now, treatments, effects, checkins, course, rest: rest?.until ?? null }));
  showOk(phone, sound(doses), now);
  showChecks(rest ? [] : dueOf(CHECKS, { now, treatments, effects: sound(effects), course, asked: card?.asked }));
  showSeen([...checkins, ...effects], seen, now);
  showOffers(phone, offers, asides);
  showVisit(visits, now);
  showOngoing(stillGoing(sound(effects), now));
  one("#dose").hidden = !treatments.some(({ place }) => place === "home");
  showWeek(one("#week"), lastWeek(sound(checkins)), { blank: say("blank"), notYet: say("not_yet") });
  showWaiting(status);
  await showBegun(phone, offers);
  await offerPlan(phone);
  one("#tab").hidden = !isIphoneTab() || !(status.waiting || (await phone.drafts()));
  showSlowly(rest, restedOf(treatments, rest, now));
}

/** Here, where one begins, and never before what waits was sent. @param {import("../store/sender.js").Sender} sender */
function leadOn({ asks, running }) {
  if (asks && !running) location.replace(`/${asks}?next=${here("")}`);
}

/** @param {string} slowly */
function greet(slowly) {
  const hour = new Date().getHours();
  const part = hour >= 5 && hour < 12 ? "morning" : hour >= 12 && hour < 18 ? "afternoon" : "evening";
  one("#hello").textContent = [say(`hello_${part}`), slowly].join(" ").trim();
  one("#date").textContent = capital(longDay(today()));
}

/** @param {any} course @param {any[]} treatments @param {Date} now */
function showCourse(course, treatments, now) {
  const { was, next, known } = placeOf(course, treatments, now);
  const figure = one("#course");
  figure.hidden = !known;
  const standing = postsOf(course, treatments, now);
  const drawn = standing.length
    ? posts(standing, today(now), { flag: say("flag"), about: drawnOf(standing) })
    : water();
  figure.querySelector("svg")?.remove();
  figure.prepend(drawn);
  const [first, second] = figure.querySelectorAll("figcaption > *");
  [first.textContent, second.textContent] = [was, next];
}

/** @param {string | null} what */
function showNow(what) {
  const place = one("#now");
  if (place.dataset.what === String(what)) return;
  place.dataset.what = String(what);
  place.hidden = !what;
  place.replaceChildren(...(what ? [copyOf(`now-${what}`)] : []));
}

/** @param {typeof CHECKS} due */
function showChecks(due) {
  one("#due").hidden = !due.length;
  one("#due span span").textContent = due.map(({ name }) => name).join(", ");
}

/** @param {ReturnType<typeof stillGoing>} going */
function showOngoing(going) {
  const rows = going.map(({ entry, effect }) => {
    const row = copyOf("going");
    /** @type {HTMLAnchorElement} */ (row.querySelector("a")).href = opens(entry, entry.heads[0].body);
    const name = EFFECTS[effect.effect] ?? effect.words ?? effect.effect;
    /** @type {HTMLElement} */ (row.querySelector("b")).textContent = say(effect.ongoing ? "going" : "going_asked", {
      name,
    });
    return row;
  });
  one("#ongoing").replaceChildren(...rows);
  one("#ongoing").hidden = !rows.length;
}

/** What not to do, by the route of today's session where it is known. @param {unknown} rest @param {any} last */
function showSlowly(rest, last) {
  one("#slowly").hidden = !rest;
  if (last && today(new Date(last.at)) === today()) one("#dont").textContent = say(`dont.${last.route}`);
}

/** Of several check-ins a day the last that names a mood. @param {import("../store/types.js").Entry[]} checkins */
function lastWeek(checkins) {
  return daysUpTo(today(), 7).map((day) => {
    const named = checkins.find((entry) => entry.day === day && entry.heads[0].body?.mood !== undefined);
    return { day, mood: named?.heads[0].body?.mood ?? null };
  });
}

/** @param {import("../store/phone.js").Status} status */
function showWaiting({ waiting, attention }) {
  const row = one("#waits");
  row.hidden = !waiting && !attention;
  const words = attention ? say("attention", { n: attention }) : say("waits", { n: waiting });
  /** @type {HTMLElement} */ (row.querySelector("b")).textContent = words;
}

/** What a browser threw away before it was sent is said plainly, until it was read. */
async function tellLost() {
  const { lost } = await door.get();
  const note = one("#lost");
  note.hidden = !lost;
  /** @type {HTMLElement} */ (note.querySelector("p")).textContent = say("lost", { n: lost });
  note.querySelector("button")?.addEventListener("click", async () => {
    await door.set({ lost: 0 });
    note.hidden = true;
  });
}
