import assert from "node:assert/strict";
import { test } from "node:test";
import { nameOf, within } from "../../pwa/static/js/store/databases.js";
import { newId } from "../../pwa/static/js/store/ids.js";
import { openKey } from "../../pwa/static/js/store/keys.js";
import { keepServerKey, lockOf, rowsOf, unlock } from "../../pwa/static/js/store/lock.js";
import { changePin, lockAfter, lockOff, lockOn } from "../../pwa/static/js/store/locking.js";
import * as outbox from "../../pwa/static/js/store/outbox.js";
import { countTry, pauseAfter, pinKey, ROUNDS, waitOf } from "../../pwa/static/js/store/pin.js";
import { Vault } from "../../pwa/static/js/store/vault.js";
import { OpeningServer } from "./opening.mjs";
import { aPhone, checkIn, lockedPhone, moods, PIN, save, unlocked } from "./phones.mjs";

const nothing = async () => null;
const server = await OpeningServer.make();

async function aLock(t) {
  const phone = await aPhone(t, server, { post: nothing });
  await lockedPhone(t, server, phone);
  return phone;
}

test("the lock cannot be switched on before the server's key is known, and then nothing was changed", async (t) => {
  const phone = await aPhone(t, server, { post: nothing });
  assert.equal(await lockOn(phone.vault, PIN, 5), false);
  assert.equal(await lockOf(phone.owner), null);
  assert.notEqual(await openKey(phone.owner), null);
});

test("invariant 12: with the lock on nothing on the disk opens the data key but the PIN", async (t) => {
  const phone = await aLock(t);
  assert.equal(await openKey(phone.owner), null);
  const rows = await within(nameOf("outbox", phone.owner), "readonly", (tx) => tx.objectStore("keys").getAll());
  const [device] = await rowsOf(phone.owner, "device");
  for (const { id, iv, wrapped } of rows.filter((row) => row.wrapped)) {
    assert.ok(["pin", "pair"].includes(id), `${id} holds a wrapped key`);
    await assert.rejects(
      crypto.subtle.unwrapKey("raw", wrapped, device.key, { name: "AES-GCM", iv }, "AES-GCM", false, ["decrypt"]),
      { name: "OperationError" },
    );
  }
  assert.equal(await unlock(phone.owner, "204817"), null);
  const data = await unlock(phone.owner, PIN);
  assert.equal(data.name, phone.vault.data.name);
  assert.equal(data.key.extractable, false);
});

test("invariant 12: the PIN's key is slow to make, and how slow stands in the row", async (t) => {
  const phone = await aLock(t);
  const [{ rounds, salt }] = await rowsOf(phone.owner, "pin");
  assert.ok(rounds >= 600_000 && rounds === ROUNDS);
  assert.equal(salt.length, 16);
  assert.equal((await pinKey(PIN, { rounds, salt })).extractable, false);
  const other = await aLock(t);
  assert.notDeepEqual((await rowsOf(other.owner, "pin"))[0].salt, salt);
});

test("the key that wrapped the data key before the lock is there no more", async (t) => {
  const phone = await aPhone(t, server, { post: nothing });
  const [device, data] = await rowsOf(phone.owner, "device", "data");
  await lockedPhone(t, server, phone);
  const [now] = await rowsOf(phone.owner, "device");
  const how = { name: "AES-GCM", iv: data.iv };
  const open = (by) => crypto.subtle.unwrapKey("raw", data.wrapped, by, how, "AES-GCM", false, ["decrypt"]);
  await assert.doesNotReject(open(device.key));
  await assert.rejects(open(now.key), { name: "OperationError" });
});

test("changing the lock wraps the same key anew: entries stay as they lie", async (t) => {
  const phone = await aPhone(t, server, { post: nothing });
  await save(phone, checkIn(6));
  await lockedPhone(t, server, phone);
  const [before] = await outbox.all(phone.owner);
  assert.equal(await changePin(phone.owner, "000000", "135790"), false);
  assert.equal(await changePin(phone.owner, PIN, "135790"), true);
  assert.equal(await unlock(phone.owner, PIN), null);
  assert.equal((await unlock(phone.owner, "135790")).name, phone.vault.data.name);
  await lockAfter(phone.owner, 15);
  assert.equal((await lockOf(phone.owner)).after, 15);
  assert.equal(await lockOff(phone.owner, "000000"), false);
  assert.equal(await lockOff(phone.owner, "135790"), true);
  assert.equal(await lockOf(phone.owner), null);
  assert.deepEqual(await rowsOf(phone.owner, "pin"), [undefined]);
  const vault = new Vault(phone.owner, await openKey(phone.owner));
  const [row] = await outbox.all(phone.owner);
  assert.deepEqual(row, before);
  assert.match((await vault.open(row)).text, /"mood":6/);
});

test("wrong PINs are counted on disk before they are tried, and wait longer and longer", async (t) => {
  const phone = await aLock(t);
  for (let wrong = 1; wrong <= 5; wrong++) {
    assert.equal(await unlock(phone.owner, "000000"), null);
    assert.equal((await lockOf(phone.owner)).wrong, wrong);
  }
  assert.ok(waitOf(await lockOf(phone.owner)) > 25_000);
  assert.equal(await unlock(phone.owner, PIN), null, "not even the right one, before it is time");
  assert.equal((await lockOf(phone.owner)).wrong, 5, "a try that is not made is not counted");
  assert.deepEqual([4, 5, 6, 7, 8, 9, 50].map(pauseAfter), [0, 30e3, 60e3, 300e3, 900e3, 3600e3, 3600e3]);
});

test("the right PIN forgives the wrong ones, and nothing is ever wiped", async (t) => {
  const phone = await aLock(t);
  await unlock(phone.owner, "000000");
  assert.notEqual(await unlock(phone.owner, PIN), null);
  assert.equal((await lockOf(phone.owner)).wrong, 0);
  t.mock.timers.enable({ apis: ["Date"], now: Date.now() });
  for (let tries = 0; tries < 40; tries++) {
    t.mock.timers.tick(3_600_000);
    assert.equal(await countTry(phone.owner), true);
  }
  t.mock.timers.tick(3_600_000);
  assert.notEqual(await unlock(phone.owner, PIN), null);
});

test("a clock that was set back locks nobody out for good", () => {
  const row = { id: "lock", after: 5, wrong: 5, until: 100_000_000 };
  assert.equal(waitOf(row, 100_000_000 - 20_000), 20_000);
  assert.equal(waitOf(row, 100_000_000 - 20_000_000), 0);
});

test("what waited when the lock was switched on has a sealed form from then on, and so has every later save", async (t) => {
  const phone = await aPhone(t, server, { post: nothing });
  await save(phone, checkIn(6));
  await lockedPhone(t, server, phone);
  await save(phone, checkIn(7)); // a page that was open all the while
  const rows = await outbox.all(phone.owner);
  assert.ok(rows.every(({ toServer }) => toServer));
  const texts = await Promise.all(rows.map(({ toServer }) => server.opened(phone.owner, toServer)));
  assert.deepEqual(
    texts.map((text) => JSON.parse(text).body.mood),
    [6, 7],
  );
  assert.deepEqual(await Promise.all(rows.map(async (row) => (await phone.vault.open(row)).text)), texts);
});

test("without a lock a row of the outbox is what it always was", async (t) => {
  const phone = await aPhone(t, server, { post: nothing });
  await keepServerKey(phone.owner, server.key);
  await save(phone, checkIn(6));
  assert.deepEqual(Object.keys((await outbox.all(phone.owner))[0]).sort(), ["id", "iv", "key", "sealed"]);
});

test("unlocked, plain texts are sent as ever", async (t) => {
  const phone = await unlocked(t, await aLock(t), server.post);
  await save(phone, checkIn(6));
  assert.equal(server.sealed, 0);
  assert.deepEqual(await moods(phone), [[6]]);
  assert.equal(await outbox.count(phone.owner), 0);
});

test("one person's lock does not open another's", async (t) => {
  const [mine, theirs] = [await aLock(t), await aLock(t)];
  const [row] = await rowsOf(theirs.owner, "pin");
  await within(nameOf("outbox", mine.owner), "readwrite", (tx) => tx.objectStore("keys").put(row));
  const data = await unlock(mine.owner, PIN);
  const sealed = await mine.vault.seal(newId(), "words");
  await assert.rejects(new Vault(mine.owner, data).open(sealed), { name: "OperationError" });
});
