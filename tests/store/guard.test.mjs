import assert from "node:assert/strict";
import { test } from "node:test";
import { Guard } from "../../pwa/static/js/store/guard.js";
import { takeOver } from "../../pwa/static/js/store/handover.js";
import { hear } from "../../pwa/static/js/worker/holding.js";

const MINUTE = 60_000;
const vault = { owner: "ana", data: { name: "one", key: "a key" } };

/** @param {() => boolean} holds */
async function until(holds) {
  for (let turns = 0; !holds(); turns++) {
    assert.ok(turns < 10_000, "it never came");
    await new Promise(setImmediate);
  }
}

/** What a browser gives a page, as far as the guard looks at it: a document, a window, a worker and a clock. */
async function aPage(t, after, hidden = false) {
  t.mock.timers.enable({ apis: ["Date", "setInterval"], now: 1_000_000_000 });
  const page = Object.assign(new EventTarget(), {
    hidden,
    cookie: "",
    documentElement: { dataset: {} },
    body: { blank: false, replaceChildren: () => (page.body.blank = true) },
  });
  const around = new EventTarget();
  const active = { postMessage: (asked, [port] = []) => hear(asked, port) };
  const reloaded = { times: 0 };
  const globals = {
    document: page,
    navigator: { serviceWorker: { getRegistration: async () => ({ active }) } },
    location: { reload: () => reloaded.times++ },
    addEventListener: around.addEventListener.bind(around),
  };
  for (const [name, value] of Object.entries(globals)) {
    Object.defineProperty(globalThis, name, { configurable: true, value });
  }
  t.after(() => {
    for (const name of Object.keys(globals)) delete globalThis[name];
    hear({ forget: true });
  });
  const phone = Object.assign(new EventTarget(), {
    tellOthers() {},
    tell: (news) => phone.dispatchEvent(new Event(news)),
    settled: async () => {},
    room: { unkept: false },
  });
  await new Guard(phone, vault, after).watch(page);
  const tell = (name, more = {}) => around.dispatchEvent(Object.assign(new Event(name), more));
  const turn = (hidden) => {
    page.hidden = hidden;
    page.dispatchEvent(new Event("visibilitychange"));
  };
  return { page, phone, tell, turn, isCovered: () => "covered" in page.documentElement.dataset, reloaded };
}

test("a page that is left is covered at once, and shows itself again to who comes back in time", async (t) => {
  const { turn, isCovered, reloaded } = await aPage(t, 5);
  turn(true);
  assert.ok(isCovered());
  t.mock.timers.tick(4 * MINUTE);
  turn(false);
  assert.ok(!isCovered());
  assert.equal(reloaded.times, 0);
});

test("without use it locks by itself; use puts it off", async (t) => {
  const { page, tell, reloaded } = await aPage(t, 1);
  t.mock.timers.tick(40_000);
  tell("keydown");
  t.mock.timers.tick(40_000);
  assert.equal(reloaded.times, 0);
  t.mock.timers.tick(25_000);
  await until(() => reloaded.times > 0);
  assert.ok(page.body.blank);
});

test("another tab in use keeps this one open", async (t) => {
  const { page, phone, reloaded } = await aPage(t, 1);
  t.mock.timers.tick(50_000);
  phone.dispatchEvent(new Event("used"));
  t.mock.timers.tick(50_000);
  assert.equal(reloaded.times, 0);
  assert.ok(!page.body.blank);
});

test("at once when one leaves: away for a second, or back again, it is locked", async (t) => {
  for (const come of [(at) => at.turn(false), () => t.mock.timers.tick(2100)]) {
    const at = await aPage(t, 0);
    t.mock.timers.tick(10 * MINUTE);
    assert.equal(at.reloaded.times, 0, "not while one looks at it");
    at.turn(true);
    come(at);
    await until(() => at.reloaded.times > 0);
    t.mock.timers.reset();
  }
});

test("at once when one left before the page was open, too", async (t) => {
  const { turn, isCovered, reloaded } = await aPage(t, 0, true);
  assert.ok(isCovered());
  t.mock.timers.tick(500);
  turn(false);
  await until(() => reloaded.times === 1);
});

test("words that could not be kept stay on the screen, and are locked away once they are kept", async (t) => {
  const { page, phone, turn, isCovered, reloaded } = await aPage(t, 0);
  phone.room.unkept = true;
  t.mock.timers.tick(1000);
  turn(true);
  t.mock.timers.tick(5000);
  turn(false);
  await until(() => !isCovered());
  assert.ok(!page.body.blank);
  assert.equal(reloaded.times, 0);
  phone.room.unkept = false;
  turn(true);
  turn(false);
  await until(() => reloaded.times > 0);
});

test("a page that goes hands its key to the next one, covered", async (t) => {
  const { tell, isCovered } = await aPage(t, 5);
  tell("pagehide");
  assert.ok(isCovered());
  assert.deepEqual(await takeOver("ana", "one"), vault.data);
});

test("invariant 12: once locked, or signed out, a page that goes hands over nothing", async (t) => {
  for (const news of ["locked", "left", "gone"]) {
    const { phone, tell } = await aPage(t, 5);
    phone.tell(news);
    tell("pagehide");
    assert.equal(await takeOver("ana", "one"), null, news);
    t.mock.timers.reset();
  }
});

test("invariant 12: when another person signed in meanwhile the key is not handed over", async (t) => {
  const { page, tell } = await aPage(t, 5);
  page.cookie = "owner=ben";
  tell("pagehide");
  assert.equal(await takeOver("ana", "one"), null);
});

test("a page that the browser kept as it was is loaded anew", async (t) => {
  const { tell, reloaded } = await aPage(t, 5);
  tell("pageshow", { persisted: false });
  assert.equal(reloaded.times, 0);
  tell("pageshow", { persisted: true });
  assert.equal(reloaded.times, 1);
});
