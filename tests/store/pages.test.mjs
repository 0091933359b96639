// What the patient's pages decide and draw, without a page.
import assert from "node:assert/strict";
import { test } from "node:test";

globalThis.document = /** @type {any} */ ({ documentElement: { lang: "en" }, getElementById: () => null });
process.env.TZ = "America/Toronto";

const { oneThing, begun } = await import("../../pwa/static/js/pages/today/now.js");
const { postsOf, numbered } = await import("../../pwa/static/js/pages/today/place.js");
const { fadingAfter, mostGone } = await import("../../pwa/static/js/pages/progress/fading.js");
const { cyclesOf, daysIn } = await import("../../pwa/static/js/pages/progress/days.js");
const { apart, plane, stretches, withRoom } = await import("../../pwa/static/js/elements/chart/plane.js");
const { coverWords } = await import("../../pwa/static/js/elements/cover.js");
const { capital, clock, nearDay, shortDay } = await import("../../pwa/static/js/elements/when.js");

const NOW = new Date("2026-11-20T09:00:00-05:00");
const given = (at, more = {}) => ({ record: at, status: "given", at, minutes: 120, route: "iv", ...more });
const YESTERDAY = given("2026-11-19T14:00:00-05:00", { number: 3, of: 6 });
const entry = (day, body, felt_at = `${day}T08:00:00-05:00`) => ({ day, heads: [{ body, felt_at }] });
const report = (treatment, window, day, effects = []) => entry(day, { treatment: treatment.record, window, effects });
const known = (more) => ({ now: NOW, treatments: [], effects: [], checkins: [], rest: null, ...more });

test("without anything else the one thing is today's check-in, and after it there is nothing", () => {
  assert.equal(oneThing(known({})), "check-in");
  assert.equal(oneThing(known({ checkins: [entry("2026-11-20", { mood: 5 })] })), null);
  assert.equal(oneThing(known({ checkins: [entry("2026-11-19", { mood: 5 })] })), "check-in");
});

test("the day after a session it asks how that was, until it was said", () => {
  const after = { treatments: [YESTERDAY] };
  assert.equal(oneThing(known(after)), "next-day");
  assert.equal(oneThing(known({ ...after, effects: [report(YESTERDAY, "acute", "2026-11-19")] })), "next-day");
  assert.equal(oneThing(known({ ...after, effects: [report(YESTERDAY, "next-day", "2026-11-20")] })), "check-in");
});

test("the question about the next day ends after 36 hours", () => {
  const late = new Date("2026-11-21T02:30:00-05:00");
  assert.equal(oneThing(known({ now: late, treatments: [YESTERDAY] })), "check-in");
});

test("during a session nothing is asked", () => {
  const running = given("2026-11-20T08:30:00-05:00");
  assert.equal(oneThing(known({ treatments: [running] })), null);
});

test("from a session to the next morning it asks what one notices, once", () => {
  const evening = new Date("2026-11-20T18:00:00-05:00");
  const resting = { now: evening, treatments: [given("2026-11-20T14:00:00-05:00")], rest: "2026-11-21T06:00:00-05:00" };
  const told = entry("2026-11-20", { window: "acute", effects: [] }, "2026-11-20T17:00:00-05:00");
  assert.equal(oneThing(known(resting)), "acute");
  assert.equal(oneThing(known({ ...resting, treatments: [] })), "acute", "by hand, without a treatment");
  assert.equal(oneThing(known({ ...resting, effects: [told] })), null);
  const before = entry("2026-11-19", { window: "acute", effects: [] }, "2026-11-19T20:00:00-05:00");
  assert.equal(oneThing(known({ ...resting, effects: [before] })), "acute", "after the session of the evening before");
  const [session] = resting.treatments;
  const late = entry("2026-11-20", { treatment: session.record, window: "next-day" }, "2026-11-20T20:00:00-05:00");
  assert.equal(oneThing(known({ ...resting, effects: [late] })), null, "later than its first hours");
  const other = entry("2026-11-20", { treatment: YESTERDAY.record, window: "acute" }, "2026-11-20T17:00:00-05:00");
  const both = { ...resting, treatments: [YESTERDAY, session] };
  assert.equal(oneThing(known({ ...both, effects: [other] })), "acute", "about the session before");
});

test("a planned session counts as begun for 36 hours, a cancelled one never", () => {
  const planned = { ...YESTERDAY, status: "planned" };
  assert.deepEqual(begun([planned], NOW), [planned]);
  assert.deepEqual(begun([{ ...planned, at: "2026-11-17T14:00:00-05:00" }], NOW), []);
  assert.deepEqual(begun([{ ...planned, status: "cancelled" }], NOW), []);
  assert.deepEqual(begun([given("2026-11-20T10:00:00-05:00")], NOW), []);
});

test("an induction has posts at its days, maintenance has none", () => {
  const treatments = [
    given("2026-10-01T10:00:00-04:00"),
    YESTERDAY,
    { ...given("2026-11-23T10:30:00-05:00"), status: "planned" },
  ];
  const course = { phase: "induction", route: "iv", planned: 6, started: "2026-11-12" };
  assert.deepEqual(postsOf(course, treatments, NOW), [
    { day: "2026-11-19", number: 3, done: true },
    { day: "2026-11-23", number: 2, done: false },
  ]);
  assert.deepEqual(postsOf({ phase: "maintenance", started: "2026-01-01" }, treatments, NOW), []);
  assert.deepEqual(numbered(course, treatments, YESTERDAY), { n: 3, of: 6 });
  assert.equal(numbered({ phase: "maintenance", started: "2026-01-01" }, treatments, YESTERDAY), null);
});

test("effects fade by what was answered: no answer is not none", () => {
  const first = report(YESTERDAY, "acute", "2026-11-19", [
    { effect: "nausea", severity: 2 },
    { effect: "headache", severity: 0 },
  ]);
  const next = report(YESTERDAY, "next-day", "2026-11-20", [{ effect: "nausea", severity: 0 }]);
  assert.deepEqual(fadingAfter([next, first], YESTERDAY.record), [
    { name: "nausea", words: null, levels: { acute: 2, "next-day": 0 } },
  ]);
  assert.equal(mostGone(fadingAfter([next, first], YESTERDAY.record)), true);
  assert.equal(mostGone(fadingAfter([first], YESTERDAY.record)), false, "nobody asked the next day");
});

test("an effect of the clinic's own is called as it was read", () => {
  const own = report(YESTERDAY, "acute", "2026-11-19", [
    { effect: "own-0c0ffee0", words: "Ears feel blocked", severity: 1 },
  ]);
  assert.equal(fadingAfter([own], YESTERDAY.record)[0].words, "Ears feel blocked");
});

test("a report that names no window is in none", () => {
  const vague = report(YESTERDAY, undefined, "2026-11-19", [{ effect: "nausea", severity: 2 }]);
  assert.deepEqual(fadingAfter([vague], YESTERDAY.record), []);
});

test("every day of a stretch has its row, with all check-ins of a day", () => {
  const two = [entry("2026-11-20", { mood: 6 }, "2026-11-20T20:00:00-05:00"), entry("2026-11-20", { mood: 4 })];
  const days = daysIn(two, [YESTERDAY], { from: "2026-11-18", until: "2026-11-20" });
  assert.deepEqual(
    days.map(({ day, logged }) => [day, logged.map(({ mood }) => mood)]),
    [
      ["2026-11-20", [6, 4]],
      ["2026-11-19", []],
      ["2026-11-18", []],
    ],
  );
  assert.equal(days[1].treatment, YESTERDAY);
});

test("a cycle runs from a session to the day before the next", () => {
  const treatments = [given("2026-11-10T14:00:00-05:00"), given("2026-11-13T14:00:00-05:00")];
  const moods = ["2026-11-14", "2026-11-12", "2026-11-10"].map((day, at) => entry(day, { mood: at }));
  const [first, second] = cyclesOf(moods, treatments, 6, "2026-11-20").map(({ moods }) => moods);
  assert.deepEqual(first, [2, undefined, 1]);
  assert.equal(second[1], 0);
});

test("a line never bridges a day without an entry", () => {
  const days = [1, 2, 4, 7, 8].map((n) => ({ n }));
  assert.deepEqual(
    stretches(days).map((run) => run.map(({ n }) => n)),
    [[1, 2], [4], [7, 8]],
  );
});

test("labels keep their distance, the most wanted first", () => {
  const sheet = plane({ first: 0, last: 10, left: 0, right: 100, top: 0, bottom: 100 });
  assert.deepEqual(withRoom([5, 4, 0, 12], sheet, 20), [0, 5]);
  assert.deepEqual(
    apart([{ y: 5 }, { y: 0 }, { y: 60 }]).map(({ y }) => y),
    [0, 14, 60],
  );
  assert.equal(sheet.y(10), 0);
  assert.equal(sheet.y(0), 100);
});

test("days are written as the pages write them", () => {
  assert.equal(nearDay("2026-11-19", "2026-11-20"), "yesterday");
  assert.equal(nearDay("2026-11-16", "2026-11-20"), "Monday");
  assert.equal(nearDay("2026-11-05", "2026-11-20"), shortDay("2026-11-05"));
  assert.equal(clock("2026-11-20T08:04:00-05:00"), "8:04");
  assert.equal(capital("today"), "Today");
});

test("days of cover that follow each other are said by the first and the last", () => {
  const said = (days) => coverWords({ cover: { days, opens: "09:00", closes: "17:00" } });
  assert.equal(said([5, 1, 4, 2, 3]), "cover_run");
  assert.equal(said([1, 2, 4]), "cover");
  assert.equal(said([1, 2]), "cover");
});
