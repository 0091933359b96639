import assert from "node:assert/strict";
import { test } from "node:test";
import { nameOf } from "../../pwa/static/js/store/databases.js";
import { newId } from "../../pwa/static/js/store/ids.js";
import { Server } from "./server.mjs";
import { goldenOf, lay, opened, releases, settled } from "./golden.mjs";
import { aPhone, checkIn, moods, outboxOf, save, unlocked } from "./phones.mjs";

test("there is a golden outbox, and the first is of 0.1.0", () => assert.ok(releases().includes("0.1.0")));

for (const release of releases()) {
  const golden = goldenOf(release);
  const { owner, texts, held, draft, pin } = golden;
  const ids = texts.map((text) => JSON.parse(text).id);

  test(`invariant 1: what ${release} left in an outbox is read, sent and receipted to the last byte`, async (t) => {
    await lay(golden);
    const server = new Server();
    let phone = await aPhone(t, server, { owner });
    assert.equal(phone.locked, !!pin);
    if (pin) phone = await unlocked(t, phone, (body) => server.answer(body), pin);
    assert.deepEqual((await phone.copies.waiting()).map(({ id }) => id).sort(), ids);
    assert.deepEqual(await phone.draft(draft.key).get(), draft.says);
    await phone.sync();
    const sent = texts.filter((text) => !held.includes(JSON.parse(text).id));
    assert.deepEqual(server.texts(owner), sent.toSorted());
    assert.deepEqual(
      (await outboxOf(phone)).map(({ id }) => id),
      held,
    );
    await save(phone, checkIn(1));
    assert.equal(server.texts(owner).length, sent.length + 1);
    const db = await opened(nameOf("outbox", owner));
    assert.equal(db.version, 1, "and an older release can still open it");
    db.close();
  });
}

const whole = { versions: "id", keys: "id" };
for (const made of [[], ["versions"], ["keys"]]) {
  test(`an outbox whose making ended at [${made}] is made whole, in two tabs at once, and keeps`, async (t) => {
    const [owner, server] = [newId(), new Server()];
    const begun = await opened(nameOf("outbox", owner), 1, (db) => {
      for (const store of made) db.createObjectStore(store, { keyPath: whole[store] });
    });
    begun.close();
    const otherTab = await import("../../pwa/static/js/store/databases.js?other-tab");
    const [phone] = await Promise.all([
      aPhone(t, server, { owner }),
      otherTab.within(nameOf("outbox", owner), "readonly", async () => {}),
    ]);
    await save(phone, checkIn(6));
    assert.deepEqual(await moods(phone), [[6]]);
    assert.equal(server.texts(owner).length, 1);
  });
}

test("what is there stays when a missing store is added", async (t) => {
  const golden = structuredClone(goldenOf("0.1.0"));
  const owner = newId();
  const [outbox] = golden.databases;
  outbox.name = nameOf("outbox", owner);
  outbox.stores = outbox.stores.filter(({ name }) => name === "keys");
  await lay({ databases: [outbox] });
  const phone = await aPhone(t, new Server(), { owner });
  assert.equal(phone.vault.data.name, outbox.stores[0].rows.find(({ id }) => id === "data").name);
});

test("invariant 11: drafts and outbox of a newer release open in an older one, and what it added stays", async (t) => {
  const [owner, server] = [newId(), new Server()];
  for (const kind of ["outbox", "drafts", "mirror"]) {
    const newer = await opened(nameOf(kind, owner), 7, (db) => db.createObjectStore("newer", { keyPath: "id" }));
    newer.transaction("newer", "readwrite").objectStore("newer").put({ id: 1 });
    newer.close();
  }
  const phone = await aPhone(t, server, { owner });
  await phone.draft("check-in").set({ mood: 3 });
  assert.deepEqual(await phone.draft("check-in").get(), { mood: 3 });
  await save(phone, checkIn(6));
  assert.equal(server.texts(owner).length, 1);
  const db = await opened(nameOf("outbox", owner));
  assert.equal(await settled(db.transaction("newer").objectStore("newer").count()), 1);
  db.close();
});
