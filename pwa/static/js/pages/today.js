import "../elements/status.js";
import { posts, water } from "../elements/course.js";
import { isIphoneTab } from "../elements/tab.js";
import { showWeek } from "../elements/week.js";
import { capital, clock, dayOf, daysUpTo, longDay } from "../elements/when.js";
import { say } from "../elements/words.js";
import { today } from "../store/days.js";
import { door } from "../store/door.js";
import { comeIn, copyOf, keepDrawn, one } from "./parts/come-in.js";
import { sound } from "./parts/sound.js";
import { begun, oneThing } from "./today/now.js";
import { restUntil, wireLook } from "./today/look.js";
import { drawnOf, numbered, placeOf, postsOf } from "./today/place.js";

greet("");
const phone = await comeIn();
if (phone) {
  wireLook();
  await tellLost();
  await keepDrawn(phone, () => draw(phone));
}

/** @param {import("../store/phone.js").Phone} phone */
async function draw(phone) {
  const now = new Date();
  const kept = [phone.clinic(), phone.entries("check-in"), phone.entries("effects"), phone.status(), restUntil(now)];
  const [{ course, treatments }, checkins, effects, status, until] = await Promise.all(/** @type {any} */ (kept));
  greetAfter(until && begun(treatments, now).at(-1), course, treatments, until);
  showCourse(course, treatments, now);
  showNow(oneThing({ now, treatments, effects, checkins, rest: until }));
  showWeek(one("#week"), lastWeek(sound(checkins)), { blank: say("blank"), notYet: say("not_yet") });
  showWaiting(status);
  one("#tab").hidden = !isIphoneTab() || !(status.waiting || (await phone.drafts()));
  one("#slowly").hidden = !until;
}

/** @param {string} slowly */
function greet(slowly) {
  const hour = new Date().getHours();
  const part = hour >= 5 && hour < 12 ? "morning" : hour >= 12 && hour < 18 ? "afternoon" : "evening";
  one("#hello").textContent = [say(`hello_${part}`), slowly].join(" ").trim();
  one("#date").textContent = capital(longDay(today()));
}

/** @param {any} last @param {any} course @param {any[]} treatments @param {string | null} until */
function greetAfter(last, course, treatments, until) {
  if (!until) return greet("");
  greet(say("slowly"));
  if (!last || dayOf(last.at) !== today()) return (one("#date").textContent = say("just_tapped"));
  const place = numbered(course, treatments, last);
  one("#date").textContent = say(place ? "just_numbered" : "just_plain", { ...place, time: clock(last.at) });
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
