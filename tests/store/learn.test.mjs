import assert from "node:assert/strict";
import { test } from "node:test";
import "fake-indexeddb/auto";
import { localIso, morningAfter } from "../../pwa/static/js/store/days.js";
import { door } from "../../pwa/static/js/store/door.js";
import { afterUntil, learn } from "../../pwa/static/js/store/learn.js";

process.env.TZ = "America/Toronto";
const treatment = { status: "given", at: "2026-11-20T14:00:00-05:00", minutes: 120 };
const at = (iso) => new Date(iso);

test("after-mode lasts from the end of a treatment, planned or given, to the next morning", () => {
  const until = "2026-11-21T06:00:00-05:00";
  for (const status of ["given", "planned"]) {
    assert.equal(afterUntil([{ ...treatment, status }], at("2026-11-20T15:59:00-05:00")), null);
    assert.equal(afterUntil([{ ...treatment, status }], at("2026-11-20T16:00:00-05:00")), until);
    assert.equal(afterUntil([{ ...treatment, status }], at("2026-11-21T05:59:00-05:00")), until);
    assert.equal(afterUntil([{ ...treatment, status }], at("2026-11-21T06:00:00-05:00")), null);
  }
});

test("a cancelled treatment dims nothing", () => {
  assert.equal(afterUntil([{ ...treatment, status: "cancelled" }], at("2026-11-20T16:00:00-05:00")), null);
});

test("the door learns whom to call, and until when to stay dim, unless the patient declined or turned it off", async () => {
  const end = new Date(Date.now() - 60_000);
  const treatments = [{ ...treatment, at: localIso(new Date(end.getTime() - 120 * 60_000)) }];
  const card = { region: "CA", phone: "+14165550142", name: "Harbour" };
  const phone = { clinic: async () => ({ card, course: null, treatments }), status: async () => ({ waiting: 2 }) };
  await learn(phone);
  const until = localIso(morningAfter(end));
  const { region, clinic_phone, clinic_name, after_until } = await door.get();
  assert.deepEqual([region, clinic_phone, clinic_name, after_until], ["CA", "+14165550142", "Harbour", until]);
  assert.equal((await door.get()).unsent, 2, "and how much is only here");
  await door.set({ after_until: "2046-11-21T06:00:00-05:00" });
  await learn(phone);
  assert.equal((await door.get()).after_until, until, "an end that a wrong clock set holds nobody");
  await door.set({ remember: false, after_until: null, after_off: until });
  await learn(phone);
  assert.deepEqual(await door.get().then(({ region, after_until }) => [region, after_until]), [null, null]);
});
