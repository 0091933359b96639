import { leavePages } from "./window.mjs";
import assert from "node:assert/strict";
import { test } from "node:test";
import { renewKeys } from "../../pwa/static/js/store/keys.js";
import { keepServerKey } from "../../pwa/static/js/store/lock.js";
import { Server } from "./server.mjs";
import { aPhone } from "./phones.mjs";

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
  assert.equal((await phone.allBegun()).length, 1);
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
