import assert from "node:assert/strict";
import { test } from "node:test";
import { nameOf, within } from "../../pwa/static/js/store/databases.js";
import { askToSignIn, beginAnew, mayBeginAnew } from "../../pwa/static/js/store/forgot.js";
import { openKey, renewKeys } from "../../pwa/static/js/store/keys.js";
import { lockOf, unlock } from "../../pwa/static/js/store/lock.js";
import * as mirror from "../../pwa/static/js/store/mirror.js";
import * as outbox from "../../pwa/static/js/store/outbox.js";
import { OpeningServer } from "./opening.mjs";
import { aPhone, checkIn, lockedPhone, moods, PIN, save } from "./phones.mjs";

const nothing = async () => null;
const server = await OpeningServer.make();
const words = { kind: "journal", day: "2026-11-20", body: { text: "while locked", audience: "me" } };

/** What the clinic answers to signing out. */
const signOut = (status) =>
  (globalThis.fetch = async () => (status ? new Response(null, { status }) : Promise.reject()));

/** Locked, with something sent, something that waits, something added while locked, and a draft. */
async function aForgottenPhone(t, post = server.post) {
  const phone = await aPhone(t, server, { post: server.post });
  await save(phone, checkIn(3));
  phone.sender.post = nothing;
  await save(phone, checkIn(4));
  await phone.draft("journal").set({ text: "begun before" });
  const locked = await lockedPhone(t, server, phone, { post: nothing });
  await save(locked, words);
  locked.sender.post = post;
  return locked;
}

test("a forgotten PIN strands nothing: all that waits is sent sealed, and the phone begins anew without a lock", async (t) => {
  const phone = await aForgottenPhone(t);
  signOut(204);
  assert.equal(await askToSignIn(phone.owner), true);
  assert.equal(await beginAnew(phone), null);
  assert.equal(server.texts(phone.owner).length, 3);
  assert.equal(await lockOf(phone.owner), null);
  assert.equal(await outbox.count(phone.owner), 0);
  assert.deepEqual(await mirror.all(phone.owner), []);
  const anew = await aPhone(t, server, { owner: phone.owner, post: server.post });
  await anew.sync();
  assert.deepEqual((await moods(anew)).flat().sort(), [3, 4]);
  assert.equal((await anew.entries("journal"))[0].heads[0].body.text, "while locked");
  assert.equal(await anew.draft("journal").get(), null);
});

test("invariant 12: what a sign-in from before is worth, whoever holds the phone does not get", async (t) => {
  const phone = await aForgottenPhone(t);
  assert.equal(await beginAnew(phone), "sign-in");
  assert.equal(await openKey(phone.owner), null);
  assert.equal(server.texts(phone.owner).length, 1);
});

test("the proof of a new sign-in ends with the right PIN, and by itself", async (t) => {
  const phone = await aForgottenPhone(t);
  signOut(204);
  await askToSignIn(phone.owner);
  assert.equal(await mayBeginAnew(phone.owner), true);
  await unlock(phone.owner, PIN);
  assert.equal(await mayBeginAnew(phone.owner), false);
  await askToSignIn(phone.owner);
  t.mock.timers.enable({ apis: ["Date"], now: Date.now() + 31 * 60_000 });
  assert.equal(await mayBeginAnew(phone.owner), false);
});

test("without a network nobody is signed out, and nothing changes", async (t) => {
  const phone = await aForgottenPhone(t);
  signOut(null);
  assert.equal(await askToSignIn(phone.owner), false);
  assert.equal(await mayBeginAnew(phone.owner), false);
});

test("invariant 1: until every sealed word has its receipt the phone stays as it is", async (t) => {
  const phone = await aForgottenPhone(t, nothing);
  signOut(204);
  await askToSignIn(phone.owner);
  assert.equal(await beginAnew(phone), "offline");
  assert.equal(await outbox.count(phone.owner), 2);
  assert.notEqual(await unlock(phone.owner, PIN), null);
});

test("invariant 1: no new keys come while something could still be sent under the old ones", async (t) => {
  const phone = await aForgottenPhone(t);
  assert.equal(await renewKeys(phone.owner), false);
  assert.notEqual(await unlock(phone.owner, PIN), null);
});

test("what has no sealed form stays, whatever becomes of the keys", async (t) => {
  const phone = await aForgottenPhone(t);
  const strange = { id: "0", key: "gone", iv: new Uint8Array(12), sealed: new ArrayBuffer(32) };
  await within(nameOf("outbox", phone.owner), "readwrite", (tx) => tx.objectStore("versions").put(strange));
  signOut(204);
  await askToSignIn(phone.owner);
  assert.equal(await beginAnew(phone), null);
  assert.deepEqual(
    (await outbox.all(phone.owner)).map(({ id }) => id),
    ["0"],
  );
});
