// A browser that throws a locked store away takes the lock along: then nobody comes in without signing in anew.
import assert from "node:assert/strict";
import { test } from "node:test";
import "fake-indexeddb/auto";
import { erase, nameOf } from "../../pwa/static/js/store/databases.js";
import { door } from "../../pwa/static/js/store/door.js";
import { NAME } from "../../pwa/static/js/store/doorstep.js";
import { learn } from "../../pwa/static/js/store/learn.js";
import { lockOff } from "../../pwa/static/js/store/locking.js";
import { noteLock } from "../../pwa/static/js/store/lock-note.js";
import { whoseStores } from "../../pwa/static/js/store/owner.js";
import { OpeningServer } from "./opening.mjs";
import { aPhone, checkIn, lockedPhone, PIN, save } from "./phones.mjs";

const nothing = async () => null;

/** The server, in which this patient is signed in, and whose device had three entries to send. Says what it was asked. */
function clinic(owner) {
  const asked = [];
  globalThis.fetch = async (url) => {
    asked.push(url);
    if (url === "/sign-out") return new Response(null, { status: 204 });
    return Response.json({ owner, device: "a-device", role: "patient", language: "en", waiting: 3 });
  };
  return asked;
}

/** A browser's cookies, as its scripts see them. */
function jar(t) {
  const kept = new Map();
  const write = (text) => {
    const [, name, value, ages] = /^([\w-]+)=([^;]*)(.*)/.exec(text);
    if (ages.includes("Max-Age=0")) kept.delete(name);
    else kept.set(name, value);
  };
  const read = () => [...kept].map((pair) => pair.join("=")).join("; ");
  globalThis.document = Object.defineProperty({}, "cookie", { get: read, set: write });
  globalThis.location = { protocol: "https:" };
  t.after(() => delete globalThis.document && delete globalThis.location);
  return kept;
}

/** A phone that is locked, with two entries from before that wait and one that was added since. */
async function lockedInUse(t) {
  const server = await OpeningServer.make();
  const phone = await aPhone(t, server, { post: nothing });
  for (const mood of [6, 7]) await save(phone, checkIn(mood));
  await erase(NAME);
  await door.set({ owner: phone.owner, device: "a-device", language: "en" });
  const locked = await lockedPhone(t, server, phone, { post: nothing });
  await save(locked, checkIn(8));
  await learn(locked);
  noteLock(phone.owner);
  return { locked, owner: phone.owner };
}

for (const [name, taken] of [
  ["the outbox", 1],
  ["all databases", 4],
]) {
  test(`${name} gone, and the lock with it: nobody comes in before a new sign-in, which is told the loss`, async (t) => {
    const cookies = jar(t);
    const { owner } = await lockedInUse(t);
    cookies.set("owner", owner);
    const all = [nameOf("outbox", owner), NAME, nameOf("mirror", owner), nameOf("drafts", owner)];
    await Promise.all(all.slice(0, taken).map(erase));
    const asked = clinic(owner);
    assert.equal(await whoseStores(), null);
    assert.deepEqual(asked, ["/sign-out"]);
    assert.equal((await whoseStores()).owner, owner, "after signing in");
    assert.equal((await door.get()).lost, 3);
  });
}

test("the lock gone and no network: nothing opens, and nothing is forgotten", async (t) => {
  jar(t);
  const { locked, owner } = await lockedInUse(t);
  await erase(nameOf("outbox", owner));
  globalThis.fetch = async () => {
    throw new TypeError("Failed to fetch");
  };
  assert.equal(await whoseStores(), null);
  await learn(locked); // a page that was open meanwhile
  assert.equal(await whoseStores(), null);
  assert.equal((await door.get()).unsent, 3);
  const asked = clinic(owner);
  assert.equal(await whoseStores(), null, "with a network again the sign-in from before opens nothing either");
  assert.deepEqual(asked, ["/sign-out"]);
});

test("a lock that was switched off is not missed", async (t) => {
  jar(t);
  const { owner } = await lockedInUse(t);
  assert.equal(await lockOff(owner, PIN), true);
  assert.equal((await whoseStores()).owner, owner);
});
