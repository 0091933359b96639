import assert from "node:assert/strict";
import { test } from "node:test";
import { nameOf, within } from "../../pwa/static/js/store/databases.js";
import { newId } from "../../pwa/static/js/store/ids.js";
import * as mirror from "../../pwa/static/js/store/mirror.js";
import { Server } from "./server.mjs";
import { aPhone, checkIn, moods, save } from "./phones.mjs";

const clinicSays = (server, owner, kind, body, record = newId()) => {
  const at = "2026-11-18T09:00:00-05:00";
  const version = {
    id: newId(),
    record,
    kind,
    schema: 1,
    parents: [],
    day: "2026-11-18",
    felt_at: at,
    written_at: at,
    zone: "UTC",
    body,
  };
  server.receive(owner, JSON.stringify(version), "clinic");
  return record;
};

test("a restored server: the phone sends all its words again, pulls from 0, and shows them all the while", async (t) => {
  const server = new Server({ pageSize: 2 });
  const phone = await aPhone(t, server);
  clinicSays(server, phone.owner, "card", { name: "Harbour" });
  for (const mood of [1, 2]) await save(phone, checkIn(mood));
  const yesterday = server.backup();
  for (const mood of [3, 4, 5]) await save(phone, checkIn(mood));
  const gone = clinicSays(server, phone.owner, "course", { phase: "induction" });
  await phone.sync();
  const told = server.texts(phone.owner).filter((text) => JSON.parse(text).record !== gone);

  server.restore(yesterday);
  const shown = [];
  phone.addEventListener("change", async () => shown.push((await moods(phone)).length));
  await phone.sync();

  assert.deepEqual(server.texts(phone.owner), told, "byte for byte, and nothing of the clinic's");
  assert.equal((await phone.status()).waiting, 0);
  assert.deepEqual((await moods(phone)).flat().sort(), [1, 2, 3, 4, 5]);
  assert.deepEqual(await phone.clinic().then(({ card, course }) => [card, course]), [{ name: "Harbour" }, null]);
  assert.ok(shown.length > 1 && shown.every((count) => count === 5), `shown meanwhile: ${shown}`);
  assert.deepEqual(await mirror.state(phone.owner).then(({ epoch, replacing }) => [epoch, replacing]), [2, false]);
});

test("invariant 1: a phone that dies between sending again and pulling finishes later", async (t) => {
  const server = new Server();
  const phone = await aPhone(t, server);
  for (const mood of [1, 2, 3]) await save(phone, checkIn(mood));
  server.restore(new Map());
  let calls = 0;
  phone.sender.post = async (body) => (++calls === 1 ? server.answer(body) : null);
  await phone.sync();
  assert.equal((await phone.status()).waiting, 3);
  const reopened = await aPhone(t, server, { owner: phone.owner });
  await reopened.sync();
  assert.equal(server.texts(phone.owner).length, 3);
  assert.deepEqual((await moods(reopened)).flat().sort(), [1, 2, 3]);
});

test("invariant 13: a server whose epoch changes at every call is not called without end", async (t) => {
  const server = new Server();
  const phone = await aPhone(t, server, {
    post: async (body) => {
      server.epoch++;
      return server.calls.length < 30 ? server.answer(body) : null;
    },
  });
  await save(phone, checkIn(6));
  const calls = server.calls.length;
  await phone.sync();
  assert.ok(server.calls.length - calls <= 3, `${server.calls.length - calls} calls`);
  assert.equal(phone.sender.trouble, "unknown");
});

test("a mirror that cannot be read is thrown away and pulled again; what waits is not touched", async (t) => {
  const server = new Server();
  const phone = await aPhone(t, server, { post: async (body) => (server.closed ? null : server.answer(body)) });
  for (const mood of [1, 2, 3]) await save(phone, checkIn(mood));
  server.closed = true;
  await save(phone, checkIn(4));
  const reopened = await aPhone(t, server, { owner: phone.owner });
  await within(nameOf("mirror", phone.owner), "readwrite", async (tx) => {
    const [row] = await tx.objectStore("versions").getAll();
    await tx.objectStore("versions").put({ ...row, sealed: new ArrayBuffer(64) });
  });
  assert.equal((await moods(reopened)).length, 3, "what can be opened is shown");
  await reopened.sender.running;
  assert.deepEqual((await moods(reopened)).flat().sort(), [1, 2, 3, 4]);
  assert.equal((await reopened.status()).waiting, 0);
});

test("a version on its way from the outbox to the mirror is shown once", async (t) => {
  const server = new Server();
  const phone = await aPhone(t, server);
  await save(phone, checkIn(6));
  const row = (await mirror.all(phone.owner))[0];
  await within(nameOf("outbox", phone.owner), "readwrite", (tx) => tx.objectStore("versions").put(row));
  assert.deepEqual(await moods(phone), [[6]]);
});

test("what the clinic says comes with the same cursor, the newest by its writing, treatments by their time", async (t) => {
  const server = new Server();
  const phone = await aPhone(t, server);
  const later = clinicSays(server, phone.owner, "treatment", { at: "2026-11-24T10:00:00-05:00" });
  const earlier = clinicSays(server, phone.owner, "treatment", { at: "2026-11-20T10:00:00-05:00" });
  await phone.sync();
  const { treatments, card, course } = await phone.clinic();
  assert.deepEqual(
    treatments.map(({ record }) => record),
    [earlier, later],
  );
  assert.deepEqual([card, course], [null, null]);
});

test("what a page reads in one breath shares a transaction of each store, and all of it comes", async (t) => {
  const server = new Server();
  const phone = await aPhone(t, server);
  clinicSays(server, phone.owner, "card", { name: "Harbour" });
  await save(phone, checkIn(4));
  await phone.sync();
  const begun = [];
  const real = IDBDatabase.prototype.transaction;
  IDBDatabase.prototype.transaction = function (...args) {
    begun.push(this.name);
    return real.apply(this, args);
  };
  t.after(() => (IDBDatabase.prototype.transaction = real));
  const [{ card }, ...kinds] = await Promise.all([
    phone.clinic(),
    ...["check-in", "effects", "journal"].map((kind) => phone.entries(kind)),
  ]);
  assert.equal(card.name, "Harbour");
  assert.deepEqual(
    kinds.map((entries) => entries.length),
    [1, 0, 0],
  );
  assert.deepEqual(begun.sort(), [nameOf("mirror", phone.owner), nameOf("outbox", phone.owner)]);
});
