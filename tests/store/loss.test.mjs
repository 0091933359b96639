// What a browser threw away is said plainly, whether it took all databases or one.
import assert from "node:assert/strict";
import { test } from "node:test";
import "fake-indexeddb/auto";
import { erase, nameOf, within } from "../../pwa/static/js/store/databases.js";
import { door } from "../../pwa/static/js/store/door.js";
import { NAME } from "../../pwa/static/js/store/doorstep.js";
import { newId } from "../../pwa/static/js/store/ids.js";
import { openKey } from "../../pwa/static/js/store/keys.js";
import { learn } from "../../pwa/static/js/store/learn.js";
import { whoseStores } from "../../pwa/static/js/store/owner.js";
import { Server } from "./server.mjs";
import { aPhone, checkIn, moods, save } from "./phones.mjs";

const nothing = async () => null;

/** What /me answers: the device of the cookie had this much to send; nobody answers if it is null. */
function remembers(waiting, owner, more = {}) {
  const asked = [];
  globalThis.fetch = async (url, { headers = {} } = {}) => {
    asked.push({ url, ...headers });
    if (url === "/sign-out") return new Response(null, { status: 204 });
    if (waiting === null) throw new TypeError("Failed to fetch");
    const device = headers["X-Tidelog-Store"] ? "a-new-device" : "a-device";
    return Response.json({ owner, device, role: "patient", language: "fr", waiting, ...more });
  };
  return asked;
}

/** A patient's phone with one entry sent and two that wait, whose door has noted that. */
async function inUse(t) {
  const server = new Server();
  let online = true;
  const phone = await aPhone(t, server, { post: async (body) => (online ? server.answer(body) : null) });
  await save(phone, checkIn(5));
  online = false;
  for (const mood of [6, 7]) await save(phone, checkIn(mood));
  await erase(NAME);
  await door.set({ owner: phone.owner, device: "a-device", language: "en" });
  await learn(phone);
  return { phone, server, owner: phone.owner };
}

async function reopened(t, server, owner) {
  const who = await whoseStores();
  assert.equal(who.owner, owner);
  return { who, phone: await aPhone(t, server, { owner }), lost: (await door.get()).lost };
}

/** What is shown after a mirror that nobody can open was noticed and pulled again. */
async function pulledAgain(phone) {
  await moods(phone);
  await phone.sender.running;
  return (await moods(phone)).flat().sort();
}

const everyDatabase = (owner) => [NAME, ...["outbox", "mirror", "drafts"].map((kind) => nameOf(kind, owner))];

test("all of it gone: the server says how much this browser had to send, and it begins as a new device", async (t) => {
  const { server, owner } = await inUse(t);
  await Promise.all(everyDatabase(owner).map(erase));
  remembers(3, owner);
  const { who, lost } = await reopened(t, server, owner);
  assert.equal(who.device, "a-new-device");
  assert.equal(lost, 3);
});

test("only the outbox gone, and no network: the door says how much was there", async (t) => {
  const { server, owner } = await inUse(t);
  await erase(nameOf("outbox", owner));
  remembers(null, owner);
  const { phone, lost } = await reopened(t, server, owner);
  assert.equal(lost, 2);
  assert.deepEqual(await pulledAgain(phone), [5], "what was sent is pulled again");
});

test("only the outbox gone: the larger of what the door and the server know, said once", async (t) => {
  const { server, owner } = await inUse(t);
  await erase(nameOf("outbox", owner));
  remembers(1, owner);
  assert.equal((await reopened(t, server, owner)).lost, 2);
  assert.equal((await reopened(t, server, owner)).lost, 2);
});

test("keys gone, rows there: they count as lost, stay seen, and nobody calls them sent", async (t) => {
  const { server, owner } = await inUse(t);
  await within(nameOf("outbox", owner), "readwrite", (tx) => tx.objectStore("keys").clear());
  remembers(0, owner);
  const { phone, lost } = await reopened(t, server, owner);
  assert.equal(lost, 2);
  await phone.sync();
  assert.deepEqual(await phone.status().then(({ waiting, unreadable }) => [waiting, unreadable]), [0, 2]);
  assert.deepEqual(await phone.signOut(), { state: "waiting", waiting: 2, because: null }, "nothing is thrown away");
  await save(phone, checkIn(9));
  assert.deepEqual(await pulledAgain(phone), [5, 9], "what is written from now on is sent");
});

test("only the mirror or the drafts gone: nothing is lost, nothing is said", async (t) => {
  const { server, owner } = await inUse(t);
  await Promise.all(["mirror", "drafts"].map((kind) => erase(nameOf(kind, owner))));
  const asked = remembers(0, owner);
  const { phone, lost } = await reopened(t, server, owner);
  assert.equal(lost, 0);
  assert.deepEqual(asked, []);
  await phone.sync();
  assert.deepEqual((await moods(phone)).flat().sort(), [5, 6, 7]);
});

test("what was thrown away by hand at sign-out is no loss at the next sign-in, a later loss is one", async (t) => {
  const { phone, owner } = await inUse(t);
  remembers(2, owner);
  assert.equal((await phone.signOut({ discard: true })).state, "done");
  assert.equal((await whoseStores()).owner, owner);
  assert.equal((await door.get()).lost, 0);
  await openKey(owner);
  await erase(nameOf("outbox", owner));
  await whoseStores();
  assert.equal((await door.get()).lost, 2);
});

const LIES = {
  "a page": () => new Response("<html>Sign in to this Wi-Fi", { headers: { "Content-Type": "text/html" } }),
  "something else": () => Response.json({ role: "patient" }),
  "another type": () => Response.json({ owner: {}, device: 1, role: "patient", language: "en", waiting: "many" }),
};
for (const [name, lie] of Object.entries(LIES)) {
  test(`invariant 8: ${name} in place of who is signed in opens and changes nothing`, async () => {
    await erase(NAME);
    globalThis.fetch = async () => lie();
    assert.equal(await whoseStores(), null);
    assert.equal((await door.get()).owner, null);
  });
}

test("the browser is asked to keep this site once, and only while something is here alone", async (t) => {
  const asked = [];
  const storage = {
    persisted: async () => (asked.push("persisted"), false),
    persist: async () => asked.push("persist"),
  };
  Object.defineProperty(navigator, "storage", { configurable: true, value: storage });
  t.after(() => delete navigator.storage);
  const server = new Server();
  let online = true;
  const phone = await aPhone(t, server, { post: async (body) => (online ? server.answer(body) : nothing()) });
  const saveAndSettle = async (mood) => {
    await save(phone, checkIn(mood));
    for (let turns = 0; turns < 50; turns++) await new Promise(setImmediate);
  };
  await saveAndSettle(5);
  assert.deepEqual(asked, []);
  online = false;
  for (const mood of [6, 7]) await saveAndSettle(mood);
  assert.deepEqual(asked, ["persisted", "persist"]);
});
