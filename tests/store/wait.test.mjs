// How the lock's page counts down to the next try, by a clock that the test turns.
import assert from "node:assert/strict";
import { test } from "node:test";
import "fake-indexeddb/auto";
import { newId } from "../../pwa/static/js/store/ids.js";
import { change, lockOf } from "../../pwa/static/js/store/lock.js";
import { pauseAfter } from "../../pwa/static/js/store/pin.js";

const words = {
  enter: "Enter your PIN",
  wrong: "Not your PIN",
  wait: "Try again in {time}",
  seconds: { one: "{n} second", other: "{n} seconds" },
  minutes: { one: "{n} minute", other: "{n} minutes" },
};
globalThis.document = /** @type {any} */ ({
  documentElement: { lang: "en" },
  getElementById: (id) => (id === "words" ? { textContent: JSON.stringify(words) } : null),
});
const { wait } = await import("../../pwa/static/js/pages/lock/wait.js");

/** A pad and a line that tell what became of them: what is said and whether one may type, each time anew. */
class Page {
  told = [];
  pad = { open: (open) => (this.open = open) };
  tell = (said) => this.told.push([said, this.open]);
}

async function afterWrongPins(t, wrong) {
  t.mock.timers.enable({ apis: ["Date", "setTimeout"], now: Date.parse("2026-11-20T12:00:00-05:00") });
  const owner = newId();
  await change(owner, (keys) => keys.put({ id: "lock", after: 5, wrong, until: Date.now() + pauseAfter(wrong) }));
  const page = new Page();
  await wait(owner, page.pad, page.tell, words.wrong);
  return { owner, page };
}

/** Ten seconds pass; what looked at the lock because of that has looked before this does. */
async function tenSeconds(t, owner) {
  t.mock.timers.tick(10_000);
  await lockOf(owner);
}

test("after the fifth wrong PIN the page counts down, the pad shut, and opens it by itself when the time has come", async (t) => {
  const { owner, page } = await afterWrongPins(t, 5);
  for (let tens = 0; tens < 4; tens++) await tenSeconds(t, owner);
  assert.deepEqual(page.told, [
    ["Try again in 30 seconds", false],
    ["Try again in 20 seconds", false],
    ["Try again in 10 seconds", false],
    ["Enter your PIN", true],
  ]);
});

test("a long wait is told in minutes, rounded up", async (t) => {
  const { owner, page } = await afterWrongPins(t, 7);
  await tenSeconds(t, owner);
  assert.deepEqual(page.told, [
    ["Try again in 5 minutes", false],
    ["Try again in 5 minutes", false],
  ]);
});

test("with nothing to wait for the page says what it was told to say, and the pad is open", async (t) => {
  const { page } = await afterWrongPins(t, 4);
  assert.deepEqual(page.told, [["Not your PIN", true]]);
});
