import assert from "node:assert/strict";
import { test } from "node:test";
import { newId } from "../../pwa/static/js/store/ids.js";
import { Server } from "./server.mjs";
import { aPhone, checkIn, moods, outboxOf, save } from "./phones.mjs";

const nothing = async () => null;

test("what is saved is in the outbox at once and leaves it by a receipt", async (t) => {
  const server = new Server();
  let online = false;
  const phone = await aPhone(t, server, { post: async (body) => (online ? server.answer(body) : null) });
  await save(phone, checkIn(6));
  assert.deepEqual(await phone.status().then(({ waiting, state }) => [waiting, state]), [1, "offline"]);
  online = true;
  await phone.sync();
  assert.deepEqual(await phone.status().then(({ waiting, state }) => [waiting, state]), [0, "sent"]);
  assert.deepEqual(await moods(phone), [[6]]);
  assert.equal(server.texts(phone.owner).length, 1);
});

test("invariant 1: what was saved outlives every page that knew of it", async (t) => {
  const server = new Server();
  const first = await aPhone(t, server, { post: nothing });
  const version = await save(first, checkIn(6));
  const reopened = await aPhone(t, server, { owner: first.owner });
  assert.deepEqual(
    (await reopened.waiting()).map(({ record }) => record),
    [version.record],
  );
  await reopened.sync();
  assert.equal(JSON.parse(server.texts(first.owner)[0]).id, version.id);
});

const asAnswer = (json, status = 200) => ({ status, json });
const FALSE_ANSWERS = {
  "no answer": () => null,
  "a sign-in that ran out": () => asAnswer({ error: "sign-in" }, 401),
  "a portal's sign-in page": () => asAnswer(null, 401),
  "another person": () => asAnswer({ error: "owner" }, 409),
  "a page instead of JSON": () => asAnswer(null),
  "a page where the sign-in is": () => asAnswer(null, 302),
  "an empty object": () => asAnswer({}),
  "another batch's answer": (json) => asAnswer({ ...json, batch: newId() }),
  "another owner's answer": (json) => asAnswer({ ...json, owner: newId() }),
  "an answer cut short": ({ batch, owner, receipts }) => asAnswer({ batch, owner, receipts }),
  "receipts that are none": (json) => asAnswer({ ...json, receipts: "all" }),
  "receipts for others": (json) => asAnswer({ ...json, receipts: [{ id: newId(), outcome: "stored" }] }),
  "an outcome that nobody knows": (json) =>
    asAnswer({ ...json, receipts: json.receipts.map(({ id }) => ({ id, outcome: "ok" })) }),
  "a proxy's error": () => asAnswer(null, 502),
  "a server that is down for an hour": () => ({ status: 503, json: null, wait: 3_600_000 }),
  "slow down": () => ({ status: 429, json: { error: "slow-down" }, wait: 5000 }),
  "not found": () => asAnswer({ error: "not-found" }, 404),
};
for (const [name, answer] of Object.entries(FALSE_ANSWERS)) {
  test(`invariant 8: ${name} leaves the outbox as it is`, async (t) => {
    const server = new Server();
    let calls = 0;
    const post = async (body) => (calls++, answer(structuredClone(server.answer(body).json)));
    const phone = await aPhone(t, server, { post });
    await save(phone, checkIn(6));
    const before = await outboxOf(phone);
    await phone.sync();
    assert.equal(before.length, 1);
    assert.deepEqual(await outboxOf(phone), before);
    assert.ok(calls <= 3, `${calls} calls for two tries`);
    assert.ok(phone.sender.trouble);
    assert.ok(phone.sender.notBefore >= Date.now() + 900);
    assert.ok(phone.sender.notBefore <= Date.now() + 15 * 60_000);
  });
}

test("invariant 7: a version without a receipt stays, and those beside it leave", async (t) => {
  const server = new Server();
  let dropped = null;
  const post = async (body) => {
    const answer = server.answer(body);
    dropped ??= answer.json.receipts.length > 1 ? answer.json.receipts.shift() : null;
    return answer;
  };
  const phone = await aPhone(t, server, { post });
  phone.sender.running = Promise.resolve();
  for (const mood of [1, 2, 3]) await phone.save(checkIn(mood));
  phone.sender.running = null;
  await phone.sync();
  assert.ok(dropped);
  const [, again] = server.calls.filter(({ versions }) => versions.length > 0);
  assert.deepEqual(
    again.versions.map((text) => JSON.parse(text).id),
    [dropped.id],
  );
  assert.equal((await phone.status()).waiting, 0);
  assert.equal(server.texts(phone.owner).length, 3);
});

test("invariant 9: a page that begins elsewhere is not taken, its receipts are", async (t) => {
  const server = new Server();
  const phone = await aPhone(t, server, {
    post: async (body) => {
      const answer = server.answer(body);
      answer.json.from += 7;
      return answer;
    },
  });
  server.receive(
    phone.owner,
    JSON.stringify({
      id: newId(),
      record: newId(),
      kind: "check-in",
      parents: [],
      day: "2026-11-19",
      body: { mood: 1 },
      written_at: "2026-11-19T08:00:00Z",
      felt_at: "2026-11-19T08:00:00Z",
    }),
  );
  await save(phone, checkIn(6));
  assert.deepEqual(await moods(phone), [[6]]);
  assert.equal((await phone.status()).waiting, 0);
});

test("too much at once is halved; one that is too large alone is held, seen, and keeps nobody back", async (t) => {
  const server = new Server({ largest: 3000 });
  let online = false;
  const phone = await aPhone(t, server, {
    post: async (body) => (online && server.calls.length < 60 ? server.answer(body) : null),
  });
  for (let mood = 0; mood < 9; mood++) await save(phone, checkIn(mood));
  await save(phone, { kind: "journal", day: "2026-11-20", body: { text: "long ".repeat(1000), audience: "me" } });
  online = true;
  await phone.sync();
  const { waiting, attention } = await phone.status();
  assert.deepEqual({ waiting, attention }, { waiting: 1, attention: 1 });
  assert.equal(server.texts(phone.owner).length, 9);
  assert.equal((await phone.waiting())[0].attention[0].code, "too-large");
  const calls = server.calls.length;
  assert.ok(calls < 20, `${calls} calls`);
  await phone.sync();
  assert.equal(server.calls.length, calls + 1, "what is held is not sent again and again");
});

test("a parked version is safe on both sides, needs attention, and a later version that names it mends it", async (t) => {
  const server = new Server();
  const phone = await aPhone(t, server);
  const { record } = await save(phone, checkIn(99));
  const entry = await phone.entry(record);
  assert.equal(entry.attention[0].message, "This must be from 0 to 10.");
  assert.deepEqual(await moods(phone), [[99]]);
  assert.deepEqual(await phone.status().then(({ waiting, attention }) => [waiting, attention]), [0, 1]);
  await save(phone, checkIn(9, { record, parents: entry.parents }));
  assert.deepEqual(await moods(phone), [[9]]);
  assert.equal((await phone.status()).attention, 0);
});

test("a version parked by another phone, and taken after a fix, is shown as what it is", async (t) => {
  const server = new Server();
  const owner = newId();
  const one = await aPhone(t, server, { owner, called: "-1" });
  const other = await aPhone(t, server, { owner, called: "-2" });
  await save(one, checkIn(99));
  await other.sync();
  assert.equal((await other.status()).attention, 1);
  const person = server.person(owner);
  for (const kept of person.texts.values()) Object.assign(kept, { errors: null, seq: ++person.seq });
  for (const phone of [one, other]) {
    await phone.sync();
    assert.equal((await phone.status()).attention, 0);
    assert.deepEqual(await moods(phone), [[99]]);
  }
});

test("what another phone's parked text lacks for a page to show it does not come onto this one", async (t) => {
  const server = new Server();
  const owner = newId();
  const said = { kind: "check-in", parents: [], felt_at: "2026-11-20T08:00:00-05:00", zone: "America/Toronto" };
  const whole = { ...said, day: "2026-11-20", written_at: said.felt_at, body: { mood: 99 } };
  for (const lacks of [{}, { day: null }, { day: "2026-13-01" }, { felt_at: 5 }, { written_at: "x" }, { body: "x" }])
    server.receive(owner, JSON.stringify({ ...whole, id: newId(), record: newId(), ...lacks }));
  for (const kept of server.person(owner).texts.values()) kept.errors ??= [{ field: "body", code: "group" }];
  const phone = await aPhone(t, server, { owner });
  await phone.sync();
  assert.deepEqual(await moods(phone), [[99]]);
  assert.equal((await phone.status()).attention, 1);
});

test("of two texts under one id both are kept, and the patient is asked", async (t) => {
  const server = new Server();
  let online = false;
  const phone = await aPhone(t, server, { post: async (body) => (online ? server.answer(body) : null) });
  const version = await save(phone, checkIn(6));
  server.receive(phone.owner, JSON.stringify({ ...version, body: { mood: 2 } }));
  online = true;
  await phone.sync();
  const entry = await phone.entry(version.record);
  assert.deepEqual(entry.heads.map(({ body }) => body.mood).sort(), [2, 6]);
  assert.equal((await phone.status()).attention, 1);
  await save(phone, checkIn(5, { record: version.record, parents: entry.parents }));
  assert.deepEqual(await moods(phone), [[5]]);
});

test("a long diary comes in pages and goes in batches, and no run repeats itself", async (t) => {
  const server = new Server({ pageSize: 7 });
  const phone = await aPhone(t, server, { post: async (body) => (server.closed ? null : server.answer(body)) });
  server.closed = true;
  for (let day = 0; day < 130; day++) await phone.save(checkIn(day % 11));
  await phone.sync();
  server.closed = false;
  server.calls = [];
  await phone.sync();
  assert.equal((await phone.status()).waiting, 0);
  assert.ok(server.calls.length <= 2 + Math.ceil(130 / 7), `${server.calls.length} calls`);
  server.calls = [];
  await phone.sync();
  assert.equal(server.calls.length, 1, "when all is said, one call is enough");
  const newcomer = await aPhone(t, server, { owner: phone.owner, called: "-new" });
  await newcomer.sync();
  assert.equal((await newcomer.entries("check-in")).length, 130, "one run brings every page");
});
