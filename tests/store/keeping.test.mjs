import { leavePages } from "./window.mjs";
import assert from "node:assert/strict";
import { test } from "node:test";
import { nameOf, within } from "../../pwa/static/js/store/databases.js";
import { newId } from "../../pwa/static/js/store/ids.js";
import { hasKey, openKey } from "../../pwa/static/js/store/keys.js";
import * as outbox from "../../pwa/static/js/store/outbox.js";
import { Vault } from "../../pwa/static/js/store/vault.js";
import { Server } from "./server.mjs";
import { aPhone, checkIn, save } from "./phones.mjs";

const nothing = async () => null;
const everything = async (owner) => {
  const rows = [];
  for (const kind of ["outbox", "mirror", "drafts"]) {
    await within(nameOf(kind, owner), "readonly", async (tx) => {
      for (const store of tx.objectStoreNames) rows.push(...(await tx.objectStore(store).getAll()));
    });
  }
  return rows;
};

test("ids are UUIDv7, sort in the order of making, and never repeat", () => {
  const ids = Array.from({ length: 5000 }, () => newId());
  assert.deepEqual(ids.toSorted(), ids);
  assert.equal(new Set(ids).size, ids.length);
  for (const id of ids) assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.equal(parseInt(newId(Date.UTC(2100, 0)).replace("-", "").slice(0, 12), 16), Date.UTC(2100, 0));
});

test("the data key is made once, whichever tab is first, and no script can read it", async () => {
  const owner = newId();
  assert.equal(await hasKey(owner), false);
  const [one, other] = await Promise.all([openKey(owner), openKey(owner)]);
  assert.equal(one.name, other.name);
  assert.equal(await hasKey(owner), true);
  await assert.rejects(crypto.subtle.exportKey("raw", one.key), { name: "InvalidAccessError" });
  const device = await within(nameOf("outbox", owner), "readonly", (tx) => tx.objectStore("keys").get("device"));
  assert.equal(device.key.extractable, false);
  const vault = new Vault(owner, one);
  assert.equal((await new Vault(owner, other).open(await vault.seal("1", "words"))).text, "words");
});

test("invariant 12: no word of a save, a draft or a mirrored entry lies readable in any store", async (t) => {
  const phone = await aPhone(t, new Server());
  const secret = "the water was very wide";
  await save(phone, { kind: "journal", day: "2026-11-20", body: { text: secret, audience: "me" } });
  phone.sender.post = nothing;
  await save(phone, { kind: "journal", day: "2026-11-20", body: { text: secret, audience: "me" } });
  await phone.draft("journal").set({ text: secret });
  const rows = await everything(phone.owner);
  assert.ok(rows.length >= 5);
  for (const row of rows) {
    const text = JSON.stringify(row, (_, value) =>
      value instanceof ArrayBuffer || ArrayBuffer.isView(value) ? Buffer.from(value).toString("latin1") : value,
    );
    assert.doesNotMatch(text, /water|audience|journal\/|2026-11-20/);
  }
});

test("invariants 3 and 12: one person's key opens nothing of another's, nor a text in another place", async () => {
  const [mine, theirs] = await Promise.all(
    [newId(), newId()].map(async (owner) => new Vault(owner, await openKey(owner))),
  );
  const row = await mine.seal("1", "words");
  await assert.rejects(theirs.open(row), { name: "OperationError" });
  await assert.rejects(new Vault(theirs.owner, mine.data).open(row), { name: "OperationError" });
  await assert.rejects(mine.open({ ...row, id: "2" }), { name: "OperationError" });
});

test("a save comes back only when it is on disk, asked for as strict", async (t) => {
  const phone = await aPhone(t, new Server(), { post: nothing });
  const asked = [];
  const real = IDBDatabase.prototype.transaction;
  IDBDatabase.prototype.transaction = function (stores, mode, options) {
    const tx = real.call(this, stores, mode, options);
    if (this.name === nameOf("outbox", phone.owner) && mode === "readwrite") {
      const note = { durability: options.durability, done: false };
      asked.push(note);
      tx.addEventListener("complete", () => (note.done = true));
    }
    return tx;
  };
  t.after(() => (IDBDatabase.prototype.transaction = real));
  await phone.save(checkIn(6));
  assert.deepEqual(asked[0], { durability: "strict", done: true });
});

test("a save that fails says so, keeps nothing half, and the next one stands over whatever became of it", async (t) => {
  const phone = await aPhone(t, new Server(), { post: nothing });
  const record = newId();
  const real = IDBObjectStore.prototype.put;
  IDBObjectStore.prototype.put = () => {
    throw new DOMException("full", "QuotaExceededError");
  };
  await assert.rejects(phone.save(checkIn(6, { record })), { name: "QuotaExceededError" });
  IDBObjectStore.prototype.put = real;
  assert.equal((await phone.status()).state, "unsaved");
  assert.equal((await phone.status()).waiting, 0);
  const version = await save(phone, checkIn(7, { record }));
  assert.equal(version.parents.length, 1);
  assert.notEqual((await phone.status()).state, "unsaved");
});

test("a handle that died in the background is dropped and opened again, and nothing is lost", async (t) => {
  const phone = await aPhone(t, new Server(), { post: nothing });
  await save(phone, checkIn(1));
  const real = IDBDatabase.prototype.transaction;
  let deaths = 2;
  IDBDatabase.prototype.transaction = function (...args) {
    if (deaths-- > 0) throw new DOMException("Connection to Indexed Database server lost", "UnknownError");
    return real.apply(this, args);
  };
  t.after(() => (IDBDatabase.prototype.transaction = real));
  await phone.save(checkIn(2));
  await phone.sync();
  assert.equal((await phone.status()).waiting, 2);
});

test("a database that hangs is given up after five seconds, and the words stay with whoever saves", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const phone = await aPhone(t, new Server(), { post: nothing });
  const write = within(nameOf("outbox", phone.owner), "readwrite", () => new Promise(() => {}));
  const failed = assert.rejects(write, { name: "TimeoutError" });
  await new Promise(setImmediate);
  t.mock.timers.tick(5000);
  await failed;
});

test("drafts come back as they were typed last, one beside another, and are never sent", async (t) => {
  const server = new Server();
  const phone = await aPhone(t, server);
  const [journal, checkInDraft] = [phone.draft("journal/1"), phone.draft("check-in")];
  assert.equal(await journal.get(), null);
  await Promise.all(["w", "wo", "wor", "word"].map((text) => journal.set({ text })));
  await checkInDraft.set({ mood: 3 });
  assert.deepEqual(await phone.draft("journal/1").get(), { text: "word" });
  await journal.clear();
  assert.equal(await journal.get(), null);
  assert.deepEqual(await checkInDraft.get(), { mood: 3 });
  await phone.sync();
  assert.ok(server.calls.every(({ versions }) => versions.length === 0));
});

test("each open page has a draft of its own, and what a page left is taken over by one that opens", async (t) => {
  const server = new Server();
  const first = await aPhone(t, server);
  const second = await aPhone(t, server, { owner: first.owner });
  await first.draft("journal").set({ text: "a long text" });
  assert.equal(await second.draft("journal").get(), null);
  await second.draft("journal").set({ text: "short" });
  await second.draft("journal").clear();
  await first.draft("check-in").set({ mood: 3 });
  await second.draft("check-in").set({ mood: 4 });
  assert.deepEqual(await second.begun("journal"), []);
  await leavePages();
  const third = await aPhone(t, server, { owner: first.owner });
  assert.deepEqual(await third.draft("journal").get(), { text: "a long text" });
  const begun = await third.begun("check-in");
  assert.deepEqual(new Set(begun.map(({ typed }) => typed.mood)), new Set([3, 4]));
  assert.deepEqual(await third.draft("check-in", begun[1].id).get(), begun[1].typed);
});

test("a page that the browser kept writes on where it was, or beside if another page has that now", async (t) => {
  const first = await aPhone(t, new Server());
  await first.draft("journal").set({ text: "before" });
  await leavePages();
  await first.draft("journal").set({ text: "alone" });
  await leavePages();
  const second = await aPhone(t, new Server(), { owner: first.owner });
  assert.deepEqual(await second.draft("journal").get(), { text: "alone" });
  await leavePages();
  await second.draft("journal").set({ text: "theirs" });
  await first.draft("journal").set({ text: "mine" });
  await leavePages();
  const texts = (await second.begun("journal")).map(({ typed }) => typed.text);
  assert.deepEqual(new Set(texts), new Set(["theirs", "mine"]));
});

test("invariant 7: the bytes that were written are the bytes that travel, halves of pairs and all", async (t) => {
  const server = new Server();
  const phone = await aPhone(t, server);
  const text = "6.50 \u0000 😀 \ud800 שלום 𝒳";
  const version = await save(phone, { kind: "journal", day: "2026-11-20", body: { text, audience: "me" } });
  assert.deepEqual(server.texts(phone.owner), [JSON.stringify(version)]);
  assert.equal((await phone.entry(version.record)).heads[0].body.text, text);
});

test("invariant 10: a version says the day that was chosen and the offset of where it was written", async (t) => {
  const phone = await aPhone(t, new Server(), { post: nothing });
  const before = process.env.TZ;
  t.after(() => (process.env.TZ = before ?? "UTC"));
  process.env.TZ = "Pacific/Kiritimati";
  const { record, written_at, zone } = await save(phone, checkIn(6, { day: "2026-03-08" }));
  assert.match(written_at, /\+14:00$/);
  assert.equal(zone, Intl.DateTimeFormat().resolvedOptions().timeZone);
  process.env.TZ = "America/Los_Angeles";
  assert.equal((await phone.entry(record)).day, "2026-03-08");
});

test("nothing can be saved under a key that was taken away in another tab", async (t) => {
  const phone = await aPhone(t, new Server(), { post: nothing });
  assert.equal(await outbox.close(phone.owner), true);
  await assert.rejects(phone.save(checkIn(6)), { name: "KeyGoneError" });
  assert.equal(await outbox.count(phone.owner), 0);
});
