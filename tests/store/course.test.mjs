// What a phone makes of the course: doses at home, checks that are due, effects that still go on.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const WORDS = {
  just_numbered: "{n} of {of}, {day} {time}",
  just_plain: "{day} {time}",
  just_tapped: "just now",
  is_now: "now",
  yes_no: "drove",
  was_plain: "last {day}",
  was_numbered: "{n} of {of}, {day}",
};
globalThis.document = /** @type {any} */ ({
  documentElement: { lang: "en" },
  getElementById: (id) => (id === "words" ? { textContent: JSON.stringify(WORDS) } : null),
});
process.env.TZ = "America/Toronto";

const { plannedNow, withDoses, inMg } = await import("../../pwa/static/js/pages/parts/taken.js");
const { dueOf, isDue } = await import("../../pwa/static/js/pages/today/checks.js");
const { stillGoing } = await import("../../pwa/static/js/pages/today/ongoing.js");
const { wasJust } = await import("../../pwa/static/js/pages/today/after.js");
const { numbered, placeOf, postsOf } = await import("../../pwa/static/js/pages/today/place.js");
const { oneThing } = await import("../../pwa/static/js/pages/today/now.js");

const NOW = new Date("2026-11-20T12:00:00-05:00");
const shared = JSON.parse(readFileSync(new URL("../checks.json", import.meta.url), "utf8"));
/** The figures of pwa/domain/checks.py that the cases are about. */
const CHECKS = {
  bladder: { id: "bladder", baseline: true, days: 28, treatments: 6, mg: 3000, in_maintenance: 1 },
  memory: { id: "memory", baseline: true, days: 28 },
  urges: { id: "urges", baseline: false, days: 28, treatments: 6 },
  liver: { id: "liver", baseline: false, days: 28, mg: 3000 },
  "elevated-mood": { id: "elevated-mood", baseline: false, days: 14, treatments: 4 },
  driving: { id: "driving", baseline: false, treatments: 1, lasts: 2 },
};

for (const { name, check, phase, taken, answered, due } of shared.cases)
  test(`a check is due as on the server: ${name}`, () => {
    const doses = taken.map(([at, mg]) => ({ at, mg }));
    assert.equal(isDue(CHECKS[check], doses, answered, phase, new Date(shared.now)), due);
  });

const at = (days, hour = 12) => new Date(NOW.getTime() - days * 86_400_000 + (hour - 12) * 3_600_000).toISOString();
const given = (days, more = {}) => ({
  record: `t${days}`,
  status: "given",
  at: at(days),
  minutes: 120,
  route: "sublingual",
  place: "home",
  dose: 100,
  unit: "mg",
  ...more,
});
const entry = (days, body, record = `e${days}`) => ({
  record,
  day: at(days).slice(0, 10),
  heads: [{ body, felt_at: at(days) }],
});
const dose = (days, more = {}) => entry(days, { at: at(days), route: "sublingual", mg: 120, ...more }, `d${days}`);
const felt = (days, ...effects) => entry(days, { effects });

test("a dose at home stands among the treatments, and one that was planned in the place of its plan", () => {
  const plan = given(0, { record: "plan", status: "planned", number: 4, of: 6 });
  const [own, planned] = withDoses([plan], [dose(0, { treatment: "plan" }), dose(3)]);
  assert.deepEqual([own.record, own.dose, own.minutes, own.status], ["d3", 120, 120, "given"]);
  assert.deepEqual([planned.record, planned.dose, planned.number, planned.status], ["plan", 120, 4, "given"]);
});

test("what the clinic has recorded itself is not counted twice", () => {
  assert.deepEqual(withDoses([given(1)], [dose(1, { treatment: "t1" })]), [given(1)]);
});

test("a plan that was called off leaves the dose its own", () => {
  const off = given(1, { status: "cancelled" });
  assert.deepEqual(
    withDoses([off], [dose(1, { treatment: "t1" })]).map(({ record }) => record),
    ["t1", "d1"],
  );
});

test("the plan of a dose is the nearest one at home within a day", () => {
  const near = given(0, { status: "planned", record: "near", at: at(0, 19) });
  const far = given(-2, { status: "planned", record: "far" });
  const clinic = given(0, { status: "planned", record: "clinic", place: "clinic" });
  assert.equal(plannedNow([far, near, clinic], NOW)?.record, "near");
  assert.equal(plannedNow([far, clinic], NOW), null);
  assert.equal(plannedNow(withDoses([near], [dose(0, { treatment: "near" })]), NOW), null);
});

const iv = (days, number, more = {}) => given(days, { route: "iv", place: "clinic", number, of: 6, ...more });
const IV = { phase: "induction", route: "iv", planned: 6, started: at(9).slice(0, 10) };
const THREE = [iv(9, 1), iv(5, 2), iv(2, 3), iv(-3, 4, { status: "planned" })];

test("a dose at home that no plan stands for is no session of the course", () => {
  const treatments = withDoses(THREE, [dose(0, { route: "iv" })]);
  const last = treatments.find(({ unplanned }) => unplanned);
  assert.equal(numbered(IV, treatments, last), null);
  assert.deepEqual(numbered(IV, treatments, treatments[2]), { n: 3, of: 6 });
  assert.deepEqual(
    postsOf(IV, treatments, NOW).map(({ number, done }) => [number, done]),
    [
      [1, true],
      [2, true],
      [3, true],
      [4, false],
    ],
  );
  assert.equal(placeOf(IV, treatments, NOW).was, placeOf(IV, THREE, NOW).was);
});

test("a new course begins at 0, whatever was given before it or goes on by another route", () => {
  const course = { phase: "induction", route: "sublingual", planned: 6, started: at(1).slice(0, 10) };
  const before = [...THREE, given(3), iv(0, 4)].sort((one, other) => one.at.localeCompare(other.at));
  assert.deepEqual(postsOf(course, before, NOW), []);
  for (const one of before) assert.equal(numbered(course, before, one), null);
  const plan = given(0, { record: "plan", status: "planned", at: at(0, 20), number: 1, of: 6 });
  const taken = withDoses([...before, plan], [dose(0, { treatment: "plan", route: "oral" })]);
  const first = taken.find(({ record }) => record === "plan");
  assert.deepEqual(numbered(course, taken, first), { n: 1, of: 6 });
});

test("a session without a number is counted as at the clinic, by those that were given", () => {
  const bare = [iv(9), iv(5, undefined, { status: "planned" }), iv(2)];
  assert.deepEqual(numbered(IV, bare, bare[2]), { n: 2, of: 6 });
});

test("a session that still runs is now, and not over", () => {
  const running = iv(0, 3, { at: "2026-11-20T10:30:00-05:00" });
  assert.equal(placeOf(IV, [running], new Date("2026-11-20T12:15:00-05:00")).was, "now");
  assert.match(placeOf(IV, [running], new Date("2026-11-20T12:30:00-05:00")).was, /^3 of 6/);
});

/** At three o'clock until the next six. */
const rest = (from = null) => ({ from, until: "2026-11-21T06:00:00-05:00" });
const THIRD = iv(0, 3, { at: "2026-11-20T14:10:00-05:00" });
const NIGHT = new Date("2026-11-21T03:10:00-05:00");

test("who rests reads which session it was and when, at night too", () => {
  const said = (now, treatments = [THIRD]) => wasJust(IV, treatments, rest(), new Date(now));
  assert.equal(said("2026-11-20T16:30:00-05:00"), "3 of 6, today 14:10");
  assert.equal(said("2026-11-21T01:00:00-05:00"), "3 of 6, today 14:10");
  assert.equal(said(NIGHT), "3 of 6, yesterday 14:10");
  assert.equal(said(NIGHT, withDoses([], [dose(0, { at: "2026-11-20T22:00:00-05:00" })])), "yesterday 22:00");
  const late = withDoses([], [dose(0, { at: "2026-11-21T00:30:00-05:00" })]);
  assert.equal(said("2026-11-21T01:00:00-05:00", late), "today 0:30");
});

test("just now is said in the hours after a session that no clinic has told of, and no longer", () => {
  const tapped = rest("2026-11-20T15:00:00-05:00");
  const said = (now, treatments = []) => wasJust(null, treatments, tapped, new Date(now));
  assert.equal(said("2026-11-20T15:01:00-05:00"), "just now");
  assert.equal(said("2026-11-20T15:01:00-05:00", [given(1)]), "just now", "the one before is another");
  assert.equal(said("2026-11-20T20:00:00-05:00"), "", "what was before is said below");
  assert.equal(said(NIGHT), "");
});

test("mg are known by the dose, or by the weight", () => {
  assert.equal(inMg(given(1)), 100);
  assert.equal(inMg(given(1, { dose: 0.5, unit: "mg/kg", weight: 70 })), 35);
  assert.equal(inMg(given(1, { dose: 0.5, unit: "mg/kg" })), null);
});

test("what the clinic switched off and what was answered is not due, and nothing is before a course", () => {
  const known = { now: NOW, treatments: [given(1)], effects: [], course: { phase: "induction" } };
  const ids = (more) => dueOf(Object.values(CHECKS), { ...known, ...more }).map(({ id }) => id);
  assert.deepEqual(ids({}), ["bladder", "memory", "driving"]);
  assert.deepEqual(ids({ asked: { checks_off: ["memory", "driving"] } }), ["bladder"]);
  assert.deepEqual(ids({ effects: [entry(0.5, { checks: ["bladder"] })] }), ["memory", "driving"]);
  assert.deepEqual(ids({ treatments: [], course: null }), []);
});

test("a clinic asks a check at other times, and an effect of its own as a check", () => {
  const own = { id: "own-1a2b3c4d", en: "Itchy scalp", fr: "Cuir chevelu qui démange" };
  const known = { now: NOW, treatments: [given(3), given(10), given(9)], effects: [], course: { phase: "induction" } };
  const asked = (...added) => ({ every: [{ id: "urges", treatments: 3 }], own: added });
  const due = (...added) =>
    dueOf([CHECKS.urges], { ...known, asked: asked(...added) }).map(({ id, name }) => name ?? id);
  assert.deepEqual(due(), ["urges"]);
  assert.deepEqual(due(own, { ...own, treatments: 2 }), ["urges", "Itchy scalp"]);
  assert.deepEqual(due({ ...own, days: 14 }), ["urges"]);
});

test("doses at home bring a check as treatments do", () => {
  const doses = [1, 2, 3, 4, 5, 6].map((days) => dose(days, { mg: 500 }));
  const known = { now: NOW, treatments: withDoses([], doses), effects: [], course: null };
  assert.ok(dueOf([CHECKS.liver], known).length);
});

const head = (more) => ({ effect: "headache", severity: 2, ...more });
test("an effect goes on until a later report calls it gone", () => {
  const going = felt(2, head({ ongoing: true }));
  assert.deepEqual(
    stillGoing([going], NOW).map(({ entry }) => entry),
    [going],
  );
  assert.deepEqual(stillGoing([felt(1, head({ ongoing: false })), going], NOW), []);
  assert.deepEqual(stillGoing([felt(1, head({ severity: 0 })), going], NOW), []);
  assert.deepEqual(stillGoing([felt(40, head({ ongoing: true }))], NOW), [], "after four weeks it is asked no more");
});

test("an effect of which nobody said whether it goes on is asked about, after those that do", () => {
  const [nausea, fog] = ["nausea", "brain-fog"].map((effect) => head({ effect }));
  const drove = head({ effect: "drove", severity: 1 });
  const listed = (...reports) => stillGoing(reports, NOW).map(({ effect }) => effect.effect);
  assert.deepEqual(listed(felt(1, nausea, drove)), ["nausea"]);
  assert.deepEqual(listed(felt(1, nausea, fog), felt(2, head({ ongoing: true }))), ["headache", "nausea", "brain-fog"]);
  assert.deepEqual(listed(felt(1, head({ effect: "nausea", ongoing: false })), felt(2, nausea)), []);
  assert.deepEqual(listed(felt(1, head({ effect: "nausea", severity: 0 })), felt(2, nausea)), []);
  assert.deepEqual(listed(felt(40, nausea)), []);
});

const quiet = { effects: [], checkins: [], rest: null, now: NOW };
test("three days and a week after a session it asks how that was, until it was said", () => {
  for (const [days, window] of [
    [3, "three-days"],
    [7, "week"],
  ]) {
    const last = given(days);
    assert.equal(oneThing({ ...quiet, treatments: [last] }), window);
    const said = entry(0, { treatment: last.record, window });
    assert.equal(oneThing({ ...quiet, treatments: [last], effects: [said] }), "check-in");
  }
  assert.equal(oneThing({ ...quiet, treatments: [given(5)] }), "check-in");
  assert.equal(oneThing({ ...quiet, treatments: [given(7), given(5)] }), "check-in", "only of the last session");
});

test("in maintenance a check-in is asked for weekly and around sessions", () => {
  const [course, before] = [{ phase: "maintenance" }, given(-1, { status: "planned" })];
  const known = { ...quiet, course, treatments: [given(20)], checkins: [entry(2, { mood: 5 })] };
  assert.equal(oneThing(known), null);
  assert.equal(oneThing({ ...known, checkins: [entry(7, { mood: 5 })] }), "check-in");
  assert.equal(oneThing({ ...known, treatments: [given(20), before] }), "check-in");
  assert.equal(oneThing({ ...known, treatments: [given(20), { ...before, status: "cancelled" }] }), null);
  assert.equal(oneThing({ ...known, course: { phase: "induction" } }), "check-in");
});
