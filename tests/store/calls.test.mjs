import assert from "node:assert/strict";
import { test } from "node:test";
import { isStanding, mayAskAgain } from "../../pwa/static/js/store/calls.js";

const ASKED = Date.parse("2026-11-20T10:00:00Z");
const MINUTE = 60_000;
const call = (more = {}, body = { asked: true }) => ({
  waiting: false,
  attention: null,
  heads: [{ written_at: "2026-11-20T05:00:00-05:00", body }],
  ...more,
});

test("a call that was sent can be asked for again after ten minutes, though the clinic tells no phone what it saw", () => {
  assert.equal(mayAskAgain(call(), ASKED + 10 * MINUTE - 1), false);
  assert.equal(mayAskAgain(call(), ASKED + 10 * MINUTE), true);
});

test("a call that is not sent, or that the clinic could not take, is not asked for twice", () => {
  assert.equal(mayAskAgain(call({ waiting: true }), ASKED + 60 * MINUTE), false);
  assert.equal(mayAskAgain(call({ attention: "refused" }), ASKED + 60 * MINUTE), false);
});

test("what was asked stands for a day, what is not sent until it is, and what was taken back not at all", () => {
  const day = 24 * 60 * MINUTE;
  assert.equal(isStanding(call(), ASKED + day - 1), true);
  assert.equal(isStanding(call(), ASKED + day), false);
  assert.equal(isStanding(call({ waiting: true }), ASKED + 2 * day), true);
  assert.equal(isStanding(call({}, null), ASKED), false);
});
