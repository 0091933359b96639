// A phone whose clock is years off, either way, and is set right later.
import assert from "node:assert/strict";
import { test } from "node:test";
import "fake-indexeddb/auto";
import { localIso } from "../../pwa/static/js/store/days.js";
import { newId } from "../../pwa/static/js/store/ids.js";
import { restOf } from "../../pwa/static/js/store/when.js";
import { Server } from "./server.mjs";
import { aPhone, checkIn, save } from "./phones.mjs";

const DAY = 86_400_000;
const YEARS = 10 * 365 * DAY;
const notes = async (phone) => (await phone.entries("journal")).map(({ heads }) => heads[0].body.text);
const said = (text, more = {}) => ({ kind: "journal", day: "2026-11-20", body: { text, audience: "me" }, ...more });

for (const [name, off] of [
  ["ahead", YEARS],
  ["behind", -YEARS],
]) {
  test(`a clock ten years ${name}: what is saved is sent, an edit stands over what it edits, and a hint is given`, async (t) => {
    const server = new Server();
    const phone = await aPhone(t, server);
    const { record } = await save(phone, said("first"));
    server.behind = off; // as if this phone's clock had been moved, and its server's not
    const now = Date.now();
    t.mock.timers.enable({ apis: ["Date"], now: now + off });
    const { parents } = await phone.entry(record);
    await save(phone, said("edited while the clock was wrong", { record, parents }));
    const wrong = await save(phone, checkIn(6));
    assert.equal(wrong.written_at, localIso(new Date(now + off)));
    assert.deepEqual(await phone.status().then(({ state, clockIsOff }) => [state, clockIsOff]), ["sent", true]);
    t.mock.timers.reset();
    server.behind = 0;
    const again = await phone.entry(record);
    await save(phone, said("edited after it was set right", { record, parents: again.parents }));
    assert.deepEqual(
      await notes(phone),
      ["edited after it was set right"],
      "what stood on the screen decides, no clock",
    );
    assert.equal((await phone.status()).clockIsOff, false);
    assert.equal(server.texts(phone.owner).length, 4);
  });
}

test("a clock that is some hours off, or a zone away, gives no hint", async (t) => {
  const server = new Server();
  const phone = await aPhone(t, server);
  for (const hours of [-23, -1, 0, 1, 23]) {
    server.behind = hours * 3_600_000;
    await phone.sync();
    assert.equal((await phone.status()).clockIsOff, false);
  }
});

test("invariant 13: a clock that was set back while a try was due makes nobody wait for years", () => {
  const due = Date.now() + 60_000;
  for (const now of [due - YEARS, due - DAY, due - 1000, due, due + YEARS]) {
    const rest = restOf(due, now);
    assert.ok(rest >= 1000 && rest <= 15 * 60_000, `${rest}`);
  }
});

test("ids made by a wrong clock neither clash nor stop those that come after", () => {
  const ids = [Date.now() + YEARS, Date.now(), 0, Date.now()].map((now) => newId(now));
  assert.equal(new Set(ids).size, 4);
  assert.deepEqual(ids.toSorted(), ids);
});
