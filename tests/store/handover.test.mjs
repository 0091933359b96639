import assert from "node:assert/strict";
import { test } from "node:test";
import { forgetKey, handOver, takeOver } from "../../pwa/static/js/store/handover.js";
import { hear } from "../../pwa/static/js/worker/holding.js";

const data = { name: "one", key: "a key" };
const active = { postMessage: (asked, [port]) => hear(asked, port) };

/** A worker in the same process. */
function aWorker(t, worker = { active }) {
  const serviceWorker = { getRegistration: async () => worker };
  Object.defineProperty(globalThis, "navigator", { configurable: true, value: { serviceWorker } });
  t.after(() => hear({ forget: true }));
}

test("the worker holds a key for the next page, and for its owner alone", async (t) => {
  aWorker(t);
  assert.equal(await handOver("ana", data, 60_000), true);
  assert.deepEqual(await takeOver("ana", "one"), data);
  assert.deepEqual(await takeOver("ana", "one"), data, "two pages may open one after the other");
  assert.equal(await takeOver("ana", "another key's name"), null);
  assert.equal(await takeOver("ben", "one"), null);
  assert.equal(await takeOver("ana", "one"), null, "and nobody's once another person has asked");
});

test("invariant 12: after a lock the worker has no key", async (t) => {
  aWorker(t);
  await handOver("ana", data, 60_000);
  await forgetKey();
  assert.equal(await takeOver("ana", "one"), null);
});

test("invariant 12: after the time of no use the worker has no key", async (t) => {
  aWorker(t);
  await handOver("ana", data, 60_000);
  t.mock.timers.enable({ apis: ["Date"], now: Date.now() + 60_001 });
  assert.equal(await takeOver("ana", "one"), null);
});

test("locked at once, a key lives no longer than it takes to open the next page", async (t) => {
  aWorker(t);
  await handOver("ana", data, 0);
  assert.deepEqual(await takeOver("ana", "one"), data);
  t.mock.timers.enable({ apis: ["Date"], now: Date.now() + 10_001 });
  assert.equal(await takeOver("ana", "one"), null);
});

test("where no worker is, the PIN is simply asked again", async (t) => {
  aWorker(t, null);
  assert.equal(await handOver("ana", data, 60_000), false);
  assert.equal(await takeOver("ana", "one"), null);
});
