import assert from "node:assert/strict";
import { test } from "node:test";
import "fake-indexeddb/auto";
import { isAfter, localIso, morningAfter } from "../../pwa/static/js/store/days.js";
import { door } from "../../pwa/static/js/store/door.js";
import { afterMode, learn } from "../../pwa/static/js/store/learn.js";

process.env.TZ = "America/Toronto";
const treatment = { status: "given", at: "2026-11-20T14:00:00-05:00", minutes: 120 };
const at = (iso) => new Date(iso);

const FROM = "2026-11-20T16:00:00-05:00";
const UNTIL = "2026-11-21T06:00:00-05:00";
const LASTING = { after_from: FROM, after_until: UNTIL };
const NONE = { after_from: null, after_until: null };

test("after-mode lasts from the end of a treatment, planned or given, to the next morning, and is known before", () => {
  for (const status of ["given", "planned"]) {
    for (const now of ["2026-11-19T09:00:00-05:00", FROM, "2026-11-21T05:59:00-05:00"])
      assert.deepEqual(afterMode([{ ...treatment, status }], at(now)), LASTING);
    assert.deepEqual(afterMode([{ ...treatment, status }], at(UNTIL)), NONE);
  }
  const states = ["2026-11-20T15:59:00-05:00", FROM, "2026-11-21T05:59:00-05:00", UNTIL];
  assert.deepEqual(
    states.map((now) => isAfter(FROM, UNTIL, at(now))),
    [false, true, true, false],
  );
});

test("a cancelled treatment dims nothing", () => {
  assert.deepEqual(afterMode([{ ...treatment, status: "cancelled" }], at("2026-11-20T09:00:00-05:00")), NONE);
});

test("of several treatments the one counts that ended last, else the next; one that was turned off is over", () => {
  const next = { ...treatment, status: "planned", at: "2026-11-24T14:00:00-05:00" };
  const ahead = { after_from: "2026-11-24T16:00:00-05:00", after_until: "2026-11-25T06:00:00-05:00" };
  assert.deepEqual(afterMode([treatment, next], at("2026-11-20T18:00:00-05:00")), LASTING);
  assert.deepEqual(afterMode([treatment, next], at("2026-11-20T18:00:00-05:00"), UNTIL), ahead);
  assert.deepEqual(afterMode([treatment, next], at("2026-11-22T09:00:00-05:00")), ahead);
});

/** What the door says of the dim look after it learnt of a treatment that ends so many minutes from now. */
async function learnt(minutes, status = "planned") {
  const ends = Date.now() + minutes * 60_000;
  const treatments = [{ ...treatment, status, at: localIso(new Date(ends - 120 * 60_000)) }];
  await learn({ clinic: async () => ({ card: null, treatments }), status: async () => ({ waiting: 0 }) });
  const { after_from, after_until } = await door.get();
  return { after_from, after_until, ends: localIso(new Date(ends)) };
}

test("a treatment that is moved or cancelled takes its dim time along; one that lasts is never cut short", async () => {
  await door.set({ ...NONE, after_off: null });
  const first = await learnt(30);
  assert.equal(first.after_from, first.ends);
  const moved = await learnt(3 * 24 * 60);
  assert.equal(moved.after_from, moved.ends);
  assert.equal((await learnt(30, "cancelled")).after_from, null);
  const lasting = await learnt(-1);
  assert.equal(lasting.after_from, lasting.ends);
  assert.equal((await learnt(-1, "cancelled")).after_until, lasting.after_until);
  await door.set(NONE);
});

test("what was not pulled yet takes no dim time away", async () => {
  await door.set(LASTING);
  await learn({ clinic: async () => ({ card: null, treatments: [] }), status: async () => ({ waiting: 0 }) });
  assert.equal((await door.get()).after_until, UNTIL);
  await door.set(NONE);
});

test("the door learns whom to call, and until when to stay dim, unless the patient declined or turned it off", async () => {
  const end = new Date(Date.now() - 60_000);
  const treatments = [{ ...treatment, at: localIso(new Date(end.getTime() - 120 * 60_000)) }];
  const card = { region: "CA", phone: "+14165550142", name: "Harbour", thoughts_asked: true };
  const phone = { clinic: async () => ({ card, course: null, treatments }), status: async () => ({ waiting: 2 }) };
  await learn(phone);
  const until = localIso(morningAfter(end));
  const { region, clinic_phone, clinic_name, after_until } = await door.get();
  assert.deepEqual([region, clinic_phone, clinic_name, after_until], ["CA", "+14165550142", "Harbour", until]);
  assert.equal((await door.get()).unsent, 2, "and how much is only here");
  assert.equal((await door.get()).asks_thoughts, true, "and whether it asks about thoughts");
  await door.set({ after_until: "2046-11-21T06:00:00-05:00" });
  await learn(phone);
  assert.equal((await door.get()).after_until, until, "an end that a wrong clock set holds nobody");
  await door.set({ remember: false, after_until: null, after_off: until });
  await learn(phone);
  assert.deepEqual(await door.get().then(({ region, after_until }) => [region, after_until]), [null, null]);
});
