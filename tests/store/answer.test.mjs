import assert from "node:assert/strict";
import { test } from "node:test";
import { backOff, judge, LONGEST_WAIT } from "../../pwa/static/js/store/answer.js";

test("invariant 13: every wait is between a second and 15 minutes, for ever, and grows with failures", () => {
  for (let failures = 1; failures < 2000; failures++) {
    for (const chance of [0, 0.5, 0.999999]) {
      for (const asked of [0, 500, 60_000, 1e12, NaN]) {
        const wait = backOff(failures, asked || 0, () => chance);
        assert.ok(wait >= 1000 && wait <= LONGEST_WAIT, `${failures} ${chance} ${asked}: ${wait}`);
      }
    }
  }
  assert.equal(LONGEST_WAIT, 15 * 60_000);
  const widest = [1, 2, 3, 4, 20].map((failures) => backOff(failures, 0, () => 0.999999));
  assert.ok(widest.every((wait, at) => at === 0 || wait > widest[at - 1]));
});

test("invariant 13: the wait is spread over all of its width, so that phones do not come back together", () => {
  const waits = Array.from({ length: 1000 }, () => backOff(8));
  assert.ok(Math.min(...waits) < 60_000);
  assert.ok(Math.max(...waits) > 300_000);
});

test("a server that asks for a minute gets its minute", () => {
  assert.equal(backOff(1, 60_000), 60_000);
});

const asked = { batch: "b", owner: "o", ids: ["1", "2"] };
const json = {
  batch: "b",
  owner: "o",
  epoch: 1,
  from: 0,
  cursor: 2,
  more: false,
  receipts: [],
  versions: [],
  parked: [],
};
const step = (answer) => judge(asked, answer && { json: null, ...answer });

test("only a true answer is taken", () => {
  assert.equal(step({ status: 200, json }).do, "take");
  for (const name of Object.keys(json)) {
    const { [name]: _, ...without } = json;
    assert.equal(step({ status: 200, json: without }).do, "stop", `without ${name}`);
    assert.equal(step({ status: 200, json: { ...json, [name]: {} } }).do, "stop", `${name} is an object`);
  }
  for (const status of [100, 201, 204, 301, 302, 304, 400, 403, 404, 418, 500]) {
    assert.equal(step({ status, json }).do, "stop", `status ${status}`);
  }
});

test("what stands in the way is told apart", () => {
  assert.equal(step(null).because, "offline");
  assert.equal(step({ status: 401, json: { error: "sign-in" } }).because, "sign-in");
  assert.equal(step({ status: 401, isPage: true }).because, "page", "a portal's 401 is not ours");
  assert.equal(step({ status: 409, json: { error: "owner" } }).because, "other-person");
  assert.equal(step({ status: 200 }).because, "unknown");
  assert.deepEqual(step({ status: 503, wait: 7000 }), { do: "stop", because: "busy", wait: 7000 });
  assert.equal(step({ status: 403, json: { error: "closed" } }).because, "closed");
  assert.equal(step({ status: 403, json: { error: "erased" } }).because, "closed");
  assert.equal(step({ status: 403 }).because, "unknown", "a portal's 403 is not ours");
});

test("too large: halve, and alone hold; a call that brought nothing waits", () => {
  assert.equal(step({ status: 413 }).do, "halve");
  assert.deepEqual(judge({ ...asked, ids: ["1"] }, { status: 413, json: null }), {
    do: "hold",
    id: "1",
  });
  assert.equal(judge({ ...asked, ids: [] }, { status: 413, json: null }).do, "stop");
});
