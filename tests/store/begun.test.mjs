import { leavePages } from "./window.mjs";
import assert from "node:assert/strict";
import { test } from "node:test";
import { renewKeys } from "../../pwa/static/js/store/keys.js";
import { keepServerKey } from "../../pwa/static/js/store/lock.js";
import { Server } from "./server.mjs";
import { aPhone, DAY, save } from "./phones.mjs";

/** Another key lies here from now on. @param {string} owner */
async function clearKey(owner) {
  await keepServerKey(owner, {});
  await renewKeys(owner);
}

test("what was begun under a key that is gone hides nothing else, does not count, and is put away once it was told", async (t) => {
  const before = await aPhone(t, new Server());
  await before.draft("journal").set({ text: "under the old key" });
  await leavePages();
  await clearKey(before.owner);
  const phone = await aPhone(t, new Server(), { owner: before.owner });
  assert.equal(await phone.draft("journal").get(), null);
  await phone.draft("journal").set({ text: "under the new one" });
  assert.equal(await phone.drafts(), 1);
  await leavePages();
  assert.deepEqual(
    (await phone.begun("journal")).map(({ typed }) => typed.text),
    ["under the new one"],
  );
  assert.equal((await phone.begun()).length, 1);
  const lost = await phone.unreadable();
  assert.equal(lost.length, 1);
  await phone.putAway(lost);
  assert.deepEqual([await phone.drafts(), await phone.unreadable()], [1, []]);
});

test("a draft under a key that was taken away fails as loudly as a save", async (t) => {
  const phone = await aPhone(t, new Server());
  await phone.draft("journal").set({ text: "before" });
  await clearKey(phone.owner);
  await assert.rejects(phone.draft("journal").set({ text: "after" }), { name: "KeyGoneError" });
  assert.equal(phone.room.unkept, true);
});

test("a draft that says just what is saved was left over by its save, and goes; one that says more stays", async (t) => {
  const phone = await aPhone(t, new Server());
  const body = { text: "words", audience: "me" };
  const [saved, more] = await Promise.all([0, 1].map(() => save(phone, { kind: "journal", day: DAY, body })));
  const draft = ({ record }, text) => ({ record, parents: [], day: DAY, body: { ...body, text } });
  await phone.draft("journal").set(draft(saved, "words "));
  await phone.draft("journal/2").set(draft(more, "words and more"));
  assert.equal((await phone.begun("journal")).length, 0, "while a page has them");
  await leavePages();
  assert.deepEqual(
    (await phone.begun("journal")).map(({ typed }) => typed.body.text),
    ["words and more"],
  );
  assert.equal(await phone.drafts(), 1);
});
