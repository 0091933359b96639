// How the lock's page counts down to the next try, by a clock that the test turns.
import assert from "node:assert/strict";
import { test } from "node:test";
import "fake-indexeddb/auto";
import { newId } from "../../pwa/static/js/store/ids.js";
import { change } from "../../pwa/static/js/store/lock.js";
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

/** What the page says and whether its pad is open, each time that it tells. */
class Told {
  #come = () => {};
  next = new Promise((come) => (this.#come = come));
  pad = { open: (open) => (this.open = open) };
  tell = (said) => {
    this.#come([said, this.open]);
    this.next = new Promise((come) => (this.#come = come));
  };
}

async function afterWrongPins(t, wrong) {
  t.mock.timers.enable({ apis: ["Date", "setTimeout"], now: Date.parse("2026-11-20T12:00:00-05:00") });
  const owner = newId();
  await change(owner, (keys) => keys.put({ id: "lock", after: 5, wrong, until: Date.now() + pauseAfter(wrong) }));
  return owner;
}

test("after the fifth wrong PIN the page counts down, the pad shut, and opens it by itself when the time has come", async (t) => {
  const owner = await afterWrongPins(t, 5);
  const told = new Told();
  let said = told.next;
  void wait(owner, told.pad, told.tell, words.wrong);
  for (const left of ["30 seconds", "20 seconds", "10 seconds"]) {
    assert.deepEqual(await said, [`Try again in ${left}`, false]);
    said = told.next;
    t.mock.timers.tick(10_000);
  }
  assert.deepEqual(await said, ["Enter your PIN", true]);
});

test("a long wait is told in minutes, rounded up", async (t) => {
  const owner = await afterWrongPins(t, 7);
  const told = new Told();
  const first = told.next;
  void wait(owner, told.pad, told.tell);
  assert.deepEqual(await first, ["Try again in 5 minutes", false]);
  const second = told.next;
  t.mock.timers.tick(10_000);
  assert.deepEqual(await second, ["Try again in 5 minutes", false]);
});

test("with nothing to wait for the page says what it was told to say, and the pad is open", async (t) => {
  const owner = await afterWrongPins(t, 4);
  const told = new Told();
  const said = told.next;
  void wait(owner, told.pad, told.tell, words.wrong);
  assert.deepEqual(await said, ["Not your PIN", true]);
});
