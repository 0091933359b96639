import assert from "node:assert/strict";
import { test } from "node:test";
import { afterUntil } from "../../pwa/static/js/store/learn.js";

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
