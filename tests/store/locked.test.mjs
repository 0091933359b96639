import { leavePages } from "./window.mjs";
import assert from "node:assert/strict";
import { test } from "node:test";
import { nameOf } from "../../pwa/static/js/store/databases.js";
import { door } from "../../pwa/static/js/store/door.js";
import * as outbox from "../../pwa/static/js/store/outbox.js";
import { OpeningServer } from "./opening.mjs";
import { aPhone, checkIn, lockedPhone, moods, save, unlocked } from "./phones.mjs";

const nothing = async () => null;
const server = await OpeningServer.make();
const thought = { kind: "journal", day: "2026-11-20", body: { text: "while locked", audience: "me" } };

/** A phone with an entry that was sent and one that waits, locked. */
async function aLockedPhone(t, post = server.post) {
  const phone = await aPhone(t, server, { post: server.post });
  await save(phone, checkIn(3));
  phone.sender.post = nothing;
  await save(phone, checkIn(4));
  await phone.draft("journal").set({ text: "begun before" });
  return lockedPhone(t, server, phone, { post });
}

test("locked, a phone says and shows nothing of what is on it", async (t) => {
  const phone = await aLockedPhone(t, nothing);
  assert.equal(phone.locked, true);
  assert.deepEqual(await phone.entries("check-in"), []);
  assert.deepEqual(await phone.clinic(), {
    card: null,
    course: null,
    treatments: [],
    seen: {},
    visits: [],
    offers: [],
    goals: [],
  });
  assert.equal(await phone.draft("journal").get(), null);
  const { state, waiting, attention, oldest } = await phone.status();
  assert.deepEqual({ state, waiting, attention, oldest }, { state: "locked", waiting: 0, attention: 0, oldest: null });
});

test("a locked phone never opens the mirror", async (t) => {
  const phone = await aLockedPhone(t);
  const opened = [];
  const real = IDBFactory.prototype.open;
  IDBFactory.prototype.open = function (name, ...more) {
    opened.push(name);
    return real.call(this, name, ...more);
  };
  const transaction = IDBDatabase.prototype.transaction;
  IDBDatabase.prototype.transaction = function (...asked) {
    opened.push(this.name);
    return transaction.apply(this, asked);
  };
  t.after(() => {
    IDBFactory.prototype.open = real;
    IDBDatabase.prototype.transaction = transaction;
  });
  await save(phone, thought);
  await phone.status();
  await phone.entries("journal");
  assert.ok(opened.includes(nameOf("outbox", phone.owner)));
  assert.ok(!opened.includes(nameOf("mirror", phone.owner)));
});

test("what is added while locked cannot be read there, and is its writer's after unlocking", async (t) => {
  const phone = await aLockedPhone(t, nothing);
  await save(phone, thought);
  assert.deepEqual(await phone.entries("journal"), []);
  const back = await unlocked(t, phone, nothing);
  const [entry] = await back.entries("journal");
  assert.equal(entry.heads[0].body.text, "while locked");
  assert.deepEqual((await moods(back)).flat().sort(), [3, 4]);
});

test("locked, what waits is sent sealed, stays for its writer, and is not sent twice", async (t) => {
  const phone = await aLockedPhone(t);
  const before = server.texts(phone.owner).length;
  await save(phone, thought);
  assert.equal(server.texts(phone.owner).length, before + 2);
  assert.equal(await outbox.count(phone.owner), 2);
  await phone.sync();
  assert.equal(server.sealed, 0, "nothing was left to send");
  assert.equal(server.calls.at(-1).waiting, 0);
  const back = await unlocked(t, phone, server.post);
  await back.sync();
  assert.equal(await outbox.count(phone.owner), 0);
  assert.equal(server.texts(phone.owner).length, before + 2, "once");
  assert.equal((await back.entries("journal"))[0].heads[0].body.text, "while locked");
});

test("a locked phone takes no news, so that it misses none", async (t) => {
  const phone = await aLockedPhone(t);
  server.receive(phone.owner, JSON.stringify({ id: "1", record: "1", kind: "card", parents: [], body: {} }), "clinic");
  await save(phone, thought);
  const back = await unlocked(t, phone, server.post);
  await back.sync();
  assert.deepEqual((await back.clinic()).card, {});
});

test("invariant 1: a server restored while the phone was locked hears everything again", async (t) => {
  const phone = await aLockedPhone(t);
  const yesterday = server.backup();
  await save(phone, thought);
  server.restore(yesterday);
  const back = await unlocked(t, phone, server.post);
  await back.sync();
  const bodies = server.texts(phone.owner).map((text) => JSON.parse(text).body);
  assert.equal(bodies.length, 3);
  assert.ok(bodies.some(({ text }) => text === "while locked"));
});

test("what is sent again after a restore carries its sealed form too", async (t) => {
  const phone = await unlocked(t, await aLockedPhone(t), server.post);
  await phone.sync();
  server.restore(new Map());
  let calls = 0;
  phone.sender.post = async (body) => (++calls === 1 ? server.post(body) : null);
  await phone.sync();
  const rows = await outbox.all(phone.owner);
  assert.equal(rows.length, 2);
  assert.ok(rows.every(({ toServer }) => toServer));
});

test("a draft begun while locked takes no other's place, and is there after unlocking until it is saved", async (t) => {
  const phone = await aLockedPhone(t, nothing);
  await phone.draft("journal").set({ text: "begun while locked" });
  await phone.draft("check-in").set({ mood: 5 });
  const again = await aPhone(t, server, { owner: phone.owner });
  await again.draft("journal").set({ text: "begun while locked, again" });
  await leavePages();
  const back = await unlocked(t, phone, nothing);
  const found = (await back.begun("journal")).map(({ typed }) => typed.text);
  assert.deepEqual(found, ["begun before", "begun while locked", "begun while locked, again"]);
  assert.deepEqual(await back.draft("check-in").get(), { mood: 5 });
  await back.draft("check-in").set({ mood: 6 });
  assert.deepEqual(await back.draft("check-in").get(), { mood: 6 });
  await back.draft("check-in").clear();
  assert.equal(await back.draft("check-in").get(), null);
});

test("signing out while locked sends what is sealed, then leaves nothing", async (t) => {
  const phone = await aLockedPhone(t);
  await phone.save(thought);
  globalThis.fetch = async () => new Response(null, { status: 204 });
  await door.set({ owner: phone.owner, device: "a-device" });
  assert.equal((await phone.signOut()).state, "done");
  assert.equal(server.texts(phone.owner).length, 3);
  const names = (await indexedDB.databases()).map(({ name }) => name);
  assert.ok(!names.some((name) => name.includes(phone.owner)));
});

test("kept at sign-out, a locked phone's words lie there with their lock", async (t) => {
  const phone = await aLockedPhone(t, nothing);
  await save(phone, thought);
  globalThis.fetch = async () => new Response(null, { status: 204 });
  await door.set({ owner: phone.owner, device: "a-device" });
  assert.deepEqual(await phone.signOut(), { state: "waiting", waiting: 2, because: "offline" });
  assert.equal((await phone.signOut({ keep: true })).state, "done");
  assert.equal(await outbox.count(phone.owner), 2);
  const again = await aPhone(t, server, { owner: phone.owner, post: server.post });
  assert.equal(again.locked, true);
  const back = await unlocked(t, phone, server.post);
  await back.sync();
  assert.equal(server.texts(phone.owner).length, 3);
});
