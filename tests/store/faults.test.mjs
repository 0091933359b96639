// A database that dies, hangs or is full, by patching what the browser gives.
import assert from "node:assert/strict";
import { test } from "node:test";
import { erase, isFull, isSilent, nameOf, probe, within } from "../../pwa/static/js/store/databases.js";
import { newId } from "../../pwa/static/js/store/ids.js";
import { openPhone } from "../../pwa/static/js/store/open.js";
import { Server } from "./server.mjs";
import { aPhone, checkIn, moods, save } from "./phones.mjs";

const nothing = async () => null;
/** What hangs although it must not is a failure, not a wait. */
const ENDS = { timeout: 20_000 };
const some = async (turns = 20) => {
  for (let turn = 0; turn < turns; turn++) await new Promise(setImmediate);
};

/** Until the test ends, or until it is called, this method does something else. */
function instead(t, prototype, name, does) {
  const real = prototype[name];
  prototype[name] = function (...args) {
    return does.call(this, () => real.apply(this, args), ...args);
  };
  const restore = () => (prototype[name] = real);
  t.after(restore);
  return restore;
}

/** Every transaction on the handles that are open now hangs; a new handle answers. */
function hangOpenHandles(t) {
  const hung = new WeakSet();
  instead(t, IDBDatabase.prototype, "transaction", function (real) {
    if (!this.isNew) hung.add(this);
    if (!hung.has(this)) return real();
    const tx = real();
    instead(t, tx, "objectStore", (store) => new Proxy(store(), { get: () => () => new Promise(() => {}) }));
    return tx;
  });
  instead(t, IDBFactory.prototype, "open", function (real) {
    const asking = real();
    asking.addEventListener("success", () => (asking.result.isNew = true));
    return asking;
  });
}

test("an open that hangs is given up after five seconds, and opened anew at the next call", ENDS, async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const name = nameOf("drafts", newId());
  const restore = instead(t, IDBFactory.prototype, "open", () => new IDBOpenDBRequest());
  const failed = assert.rejects(
    within(name, "readonly", async () => {}),
    (error) => isSilent(error),
  );
  await some();
  t.mock.timers.tick(5000);
  await failed;
  restore();
  assert.equal(await within(name, "readonly", (tx) => tx.objectStore("drafts").count()), 0);
});

test("a page that could not open the stores is not told so for ever: the next try begins anew", ENDS, async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  globalThis.fetch = async () => Response.json({ error: "sign-in" }, { status: 401 });
  const restore = instead(t, IDBFactory.prototype, "open", () => new IDBOpenDBRequest());
  const failed = assert.rejects(openPhone(), (error) => isSilent(error));
  await some();
  t.mock.timers.tick(5000);
  await failed;
  restore();
  assert.equal(await openPhone(), null);
});

test("an upgrade that another tab blocks is given up after five seconds, and nothing is half made", ENDS, async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const name = nameOf("mirror", newId());
  const older = await new Promise((done) => {
    const asking = indexedDB.open(name, 1); // as a browser leaves it that was interrupted: without stores
    asking.onsuccess = () => done(asking.result);
  });
  t.after(() => older.close());
  const count = () => within(name, "readonly", (tx) => tx.objectStore("versions").count());
  const failed = assert.rejects(count(), { name: "TimeoutError" });
  await some(200);
  t.mock.timers.tick(5000);
  await failed;
  older.close();
  assert.equal(await count(), 0);
});

test("a database whose deletion hangs is given up too", ENDS, async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  instead(t, IDBFactory.prototype, "deleteDatabase", () => new IDBOpenDBRequest());
  const failed = assert.rejects(erase(nameOf("mirror", newId())), { name: "TimeoutError" });
  await some();
  t.mock.timers.tick(5000);
  await failed;
});

test("a handle that hung in the background is found when one comes back, before anyone saves", ENDS, async (t) => {
  const phone = await aPhone(t, new Server(), { post: nothing });
  await save(phone, checkIn(1));
  hangOpenHandles(t);
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const looking = probe();
  await some();
  t.mock.timers.tick(1500);
  await looking;
  await phone.save(checkIn(2));
  assert.deepEqual((await moods(phone)).flat().sort(), [1, 2]);
});

const FULL = () => {
  throw new DOMException("", "QuotaExceededError");
};

for (const [when, fill] of Object.entries({
  "at the put": (t) => instead(t, IDBObjectStore.prototype, "put", FULL),
  "at the commit": (t) =>
    instead(t, IDBDatabase.prototype, "transaction", function (real, stores, mode) {
      const tx = real();
      if (mode === "readwrite") {
        Object.defineProperty(tx, "error", { get: () => new DOMException("", "QuotaExceededError") });
        queueMicrotask(() => tx.abort());
      }
      return tx;
    }),
})) {
  test(`a phone that is full ${when} says so, keeps all it had, and takes words again by itself`, async (t) => {
    const phone = await aPhone(t, new Server(), { post: nothing });
    await save(phone, checkIn(1));
    const record = newId();
    const makeRoom = fill(t);
    await assert.rejects(phone.save(checkIn(6, { record })), isFull);
    await assert.rejects(phone.draft("journal").set({ text: "half" }), isFull);
    await assert.rejects(phone.heal(), isFull);
    assert.deepEqual(await phone.status().then(({ state, waiting }) => [state, waiting]), ["unsaved", 1]);
    let rooms = 0;
    phone.room.addEventListener("room", () => rooms++);
    makeRoom();
    await phone.heal();
    assert.equal(rooms, 1);
    assert.notEqual((await phone.status()).state, "unsaved");
    await save(phone, checkIn(7, { record }));
    assert.deepEqual((await moods(phone)).flat().sort(), [1, 7]);
    assert.equal(await phone.drafts(), 0);
  });
}

test("a draft that finds no room is as loud as a save", async (t) => {
  const phone = await aPhone(t, new Server(), { post: nothing });
  instead(t, IDBObjectStore.prototype, "put", FULL);
  let told = 0;
  phone.addEventListener("change", () => told++);
  await assert.rejects(phone.draft("journal").set({ text: "half" }), isFull);
  assert.equal(told, 1);
  assert.equal((await phone.status()).state, "unsaved");
});

test("a phone too full for the mirror keeps the outbox, says so, and goes on when there is room", async (t) => {
  const server = new Server();
  let online = false;
  const phone = await aPhone(t, server, { post: async (body) => (online ? server.answer(body) : null) });
  await save(phone, checkIn(6));
  online = true;
  const makeRoom = instead(t, IDBObjectStore.prototype, "put", FULL);
  await phone.sync();
  assert.deepEqual(await phone.status().then(({ state, waiting }) => [state, waiting]), ["full", 1]);
  makeRoom();
  await phone.sync();
  assert.deepEqual(await phone.status().then(({ state, waiting }) => [state, waiting]), ["sent", 0]);
  assert.equal(server.texts(phone.owner).length, 1);
});
