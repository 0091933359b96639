import assert from "node:assert/strict";
import { test } from "node:test";
import { nameOf } from "../../pwa/static/js/store/databases.js";
import { door } from "../../pwa/static/js/store/door.js";
import { newId } from "../../pwa/static/js/store/ids.js";
import { discard, finish } from "../../pwa/static/js/store/leave.js";
import * as outbox from "../../pwa/static/js/store/outbox.js";
import { openKey } from "../../pwa/static/js/store/keys.js";
import { signedIn, whoseStores } from "../../pwa/static/js/store/owner.js";
import { Server } from "./server.mjs";
import { aPhone, checkIn, moods, save } from "./phones.mjs";

const NOBODY = { owner: null, device: null, leaving: null, language: null, lost: 0, remember: true };
const names = async () => (await indexedDB.databases()).map(({ name }) => name);

/** The server's other two addresses. `me` null: nobody is signed in; undefined: no network. */
function clinic(t, me) {
  const at = { me, asked: [], cookie: "", closes: 204 };
  globalThis.fetch = async (url, { headers }) => {
    at.asked.push(url);
    if (at.me === undefined) throw new TypeError("Failed to fetch");
    if (url === "/account/close") return new Response(null, { status: at.closes });
    if (url === "/sign-out") return new Response(null, { status: headers["X-Tidelog"] ? 204 : 403 });
    if (!at.me) return Response.json({ error: "sign-in" }, { status: 401 });
    const isEmpty = headers["X-Tidelog-Store"] === "empty";
    return Response.json(isEmpty ? { ...at.me, device: "a-new-device", waiting: 3 } : at.me);
  };
  Object.defineProperty(globalThis, "document", { configurable: true, get: () => ({ cookie: at.cookie }) });
  t.after(() => delete globalThis.document);
  return at;
}
const patient = (owner, more = {}) => ({
  owner,
  device: "a-device",
  role: "patient",
  language: "fr",
  waiting: 0,
  ...more,
});

test("after sign-in the server says who it is; from then on the door does, without asking", async (t) => {
  await door.set(NOBODY);
  const owner = newId();
  const at = clinic(t, patient(owner));
  assert.deepEqual(await whoseStores(), { owner, device: "a-device" });
  assert.equal((await door.get()).language, "fr");
  await openKey(owner);
  at.me = undefined;
  assert.deepEqual(await whoseStores(), { owner, device: "a-device" });
  assert.deepEqual(at.asked, ["/me"]);
});

test("a sign-in that ran out leaves the stores open", async (t) => {
  const owner = newId();
  await door.set({ ...NOBODY, owner, device: "a-device" });
  clinic(t, null);
  assert.equal((await whoseStores()).owner, owner);
});

test("nobody's stores open for nobody, without a network, or for staff", async (t) => {
  await door.set(NOBODY);
  for (const me of [null, undefined, patient(newId(), { role: "clinician" })]) {
    clinic(t, me);
    assert.equal(await whoseStores(), null);
  }
});

test("invariant 12: once another person signed in, the first one's stores stay shut, also without a network", async (t) => {
  const [first, second] = [newId(), newId()];
  await door.set({ ...NOBODY, owner: first, device: "a-device" });
  const at = clinic(t, undefined);
  at.cookie = `theme=1; owner=${second}`;
  assert.equal(await whoseStores(), null);
  at.me = patient(second);
  assert.equal((await whoseStores()).owner, second);
  at.cookie = `owner=${first}`;
  at.me = patient(first);
  assert.equal((await whoseStores()).owner, first, "and are there when they come back");
});

test("what another host set as the owner does not count beside our own", async (t) => {
  const owner = newId();
  await door.set({ ...NOBODY, owner, device: "a-device" });
  const at = clinic(t, patient(owner));
  at.cookie = `owner=${newId()}; __Host-owner=${owner}`;
  assert.equal((await whoseStores()).owner, owner);
  assert.equal(signedIn(), owner);
});

test("sign-out sends first, then leaves nothing: no store, no key, no owner at the door", async (t) => {
  const server = new Server();
  const phone = await aPhone(t, server);
  clinic(t, patient(phone.owner));
  await door.set({
    ...NOBODY,
    owner: phone.owner,
    device: "a-device",
    language: "fr",
    after_from: "2026-11-20T16:00:00-05:00",
    after_until: "2026-11-21T06:00:00-05:00",
  });
  await phone.draft("journal").set({ text: "half" });
  await phone.save(checkIn(6));
  assert.deepEqual(await phone.signOut(), { state: "done", waiting: 0 });
  assert.equal(server.texts(phone.owner).length, 1);
  assert.deepEqual(
    (await names()).filter((name) => name.includes(phone.owner)),
    [],
  );
  const { owner, device, language, after_from, after_until } = await door.get();
  assert.deepEqual(
    { owner, device, language, after_from, after_until },
    { owner: null, device: null, language: "fr", after_from: null, after_until: null },
  );
});

test("an account is closed once all is sent, by who proved who they are; then everything leaves the phone", async (t) => {
  const phone = await aPhone(t, new Server());
  const at = clinic(t, patient(phone.owner));
  await door.set({ ...NOBODY, owner: phone.owner, device: "a-device" });
  await save(phone, checkIn(6));
  at.closes = 403;
  assert.equal((await phone.signOut({ close: true })).state, "prove");
  assert.deepEqual(await moods(phone), [[6]]);
  at.closes = 204;
  assert.equal((await phone.signOut({ close: true })).state, "done");
  assert.deepEqual(at.asked, ["/account/close", "/account/close"]);
  assert.deepEqual(
    (await names()).filter((name) => name.includes(phone.owner)),
    [],
  );
});

test("an account is not closed over words that wait", async (t) => {
  const phone = await aPhone(t, new Server(), { post: async () => null });
  const at = clinic(t, patient(phone.owner));
  await door.set({ ...NOBODY, owner: phone.owner, device: "a-device" });
  await save(phone, checkIn(6));
  assert.equal((await phone.signOut({ close: true })).state, "waiting");
  assert.deepEqual(at.asked, []);
});

test("other tabs hear that someone left; the page that signed out goes its own way", async (t) => {
  const owner = newId();
  const [here, there] = [await aPhone(t, new Server(), { owner }), await aPhone(t, new Server(), { owner })];
  clinic(t, patient(owner));
  await door.set({ ...NOBODY, owner, device: "a-device" });
  const heard = [];
  here.addEventListener("left", () => heard.push("here"));
  const told = new Promise((resolve) => there.addEventListener("left", resolve));
  assert.equal((await here.signOut()).state, "done");
  await told;
  assert.deepEqual(heard, []);
});

test("sign-out with words that could not be sent does nothing but say so", async (t) => {
  const phone = await aPhone(t, new Server(), { post: async () => null });
  const at = clinic(t, patient(phone.owner));
  await door.set({ ...NOBODY, owner: phone.owner, device: "a-device" });
  await save(phone, checkIn(6));
  assert.deepEqual(await phone.signOut(), { state: "waiting", waiting: 1, because: "offline" });
  assert.deepEqual(at.asked, []);
  assert.equal((await door.get()).owner, phone.owner);
  assert.deepEqual(await moods(phone), [[6]]);
});

test("a sign-out that had to ask says what stood in the way: a sign-in that ran out, or a server that is not reached", async (t) => {
  const because = async (post) => {
    const phone = await aPhone(t, new Server(), { post });
    clinic(t, patient(phone.owner));
    await save(phone, checkIn(6));
    return (await phone.signOut()).because;
  };
  assert.equal(await because(async () => ({ status: 401, json: { error: "sign-in" } })), "sign-in");
  assert.equal(await because(async () => ({ status: 503, json: null })), "offline");
});

test("invariant 1: kept at sign-out, words wait encrypted and go at the next sign-in", async (t) => {
  const server = new Server();
  const phone = await aPhone(t, server, { post: async () => null });
  clinic(t, patient(phone.owner));
  await door.set({ ...NOBODY, owner: phone.owner, device: "a-device" });
  await save(phone, checkIn(6));
  assert.equal((await phone.signOut({ keep: true })).state, "done");
  assert.equal((await door.get()).owner, null);
  assert.ok(!(await names()).includes(nameOf("mirror", phone.owner)));
  assert.equal(await outbox.count(phone.owner), 1);
  const back = await aPhone(t, server, { owner: (await whoseStores()).owner });
  await back.sync();
  assert.equal(server.texts(phone.owner).length, 1);
});

test("only the patient's own discard empties what was not sent, and a copy can be kept", async (t) => {
  const phone = await aPhone(t, new Server(), { post: async () => null });
  clinic(t, patient(phone.owner));
  await door.set({ ...NOBODY, owner: phone.owner, device: "a-device" });
  await save(phone, { kind: "journal", day: "2026-11-20", body: { text: "mine alone", audience: "me" } });
  const { entries } = await phone.said({ waiting: true });
  assert.deepEqual(
    entries.map(({ heads }) => heads[0].body.text),
    ["mine alone"],
  );
  assert.equal((await phone.signOut({ discard: true })).state, "done");
  assert.equal(await outbox.count(phone.owner), 0);
});

test("a discard without a network throws nothing away", async (t) => {
  const phone = await aPhone(t, new Server(), { post: async () => null });
  clinic(t, undefined);
  await door.set({ ...NOBODY, owner: phone.owner, device: "a-device" });
  await save(phone, checkIn(6));
  assert.equal((await phone.signOut({ discard: true })).state, "offline");
  assert.deepEqual(await moods(phone), [[6]]);
});

test("without a network nobody is signed out, and nothing is wiped", async (t) => {
  const phone = await aPhone(t, new Server());
  clinic(t, undefined);
  await door.set({ ...NOBODY, owner: phone.owner, device: "a-device" });
  await save(phone, checkIn(6));
  assert.equal((await phone.signOut()).state, "offline");
  assert.deepEqual(await door.get().then(({ owner, leaving }) => [owner, leaving]), [phone.owner, null]);
  assert.deepEqual(await moods(phone), [[6]]);
});

test("a page that died while leaving finishes when the app opens again, but never over words that wait", async (t) => {
  const phone = await aPhone(t, new Server(), { post: async () => null });
  await save(phone, checkIn(6));
  await door.set({ ...NOBODY, owner: phone.owner, device: "a-device", leaving: phone.owner });
  await finish();
  assert.equal(await outbox.count(phone.owner), 1);
  await discard(phone);
  await door.set({ leaving: phone.owner });
  await finish();
  assert.ok(!(await names()).some((name) => name.includes(phone.owner)));
});

test("the door keeps nothing of the clinic for a patient who does not want that", async () => {
  await door.set({ ...NOBODY, clinic_phone: "+14165550142", region: "CA", clinic_name: "Harbour" });
  const { clinic_phone, region, clinic_name } = await door.set({ remember: false });
  assert.deepEqual([clinic_phone, region, clinic_name], [null, null, null]);
  assert.equal((await door.set({ clinic_phone: "+14165550142" })).clinic_phone, null);
});
