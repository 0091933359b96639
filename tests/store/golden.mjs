// What earlier releases left on phones: each golden is one phone's outbox and drafts as data, to be laid into a browser
// and opened by today's code. `node tests/store/golden.mjs 0.2.0` writes those of a release, see docs/phone.md.
import "fake-indexeddb/auto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";

const FOLDER = new URL("golden/", import.meta.url);
const AES = { name: "AES-GCM", length: 256 };

export const releases = () => readdirSync(FOLDER).map((name) => name.replace(/\.json$/, ""));
export const goldenOf = (release) => JSON.parse(readFileSync(new URL(`${release}.json`, FOLDER), "utf8"));

/** Lays the databases of a golden into this process's IndexedDB, with no code of ours. */
export async function lay({ databases }) {
  for (const { name, version, stores } of databases) {
    const rows = await Promise.all(stores.map((store) => Promise.all(store.rows.map(fromData))));
    const db = await opened(name, version, (fresh) => {
      for (const { name, keyPath, indexes } of stores) {
        const store = fresh.createObjectStore(name, { keyPath });
        for (const index of indexes) store.createIndex(index, index);
      }
    });
    const tx = db.transaction([...db.objectStoreNames], "readwrite");
    stores.forEach(({ name }, place) => rows[place].forEach((row) => tx.objectStore(name).put(row)));
    await new Promise((done, failed) => Object.assign(tx, { oncomplete: done, onerror: failed }));
    db.close();
  }
}

/** Opens with no code of ours. */
export function opened(name, version, make = () => {}) {
  const asked = indexedDB.open(name, version);
  asked.onupgradeneeded = () => make(asked.result);
  return settled(asked);
}

export function settled(asked) {
  return new Promise((done, failed) => {
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => failed(asked.error);
  });
}

async function toData(value) {
  if (value instanceof CryptoKey) {
    const raw = Buffer.from(await crypto.subtle.exportKey("raw", value)).toString("base64");
    return { "#aes": raw, usages: value.usages };
  }
  if (value instanceof ArrayBuffer) return { "#buffer": Buffer.from(value).toString("base64") };
  if (ArrayBuffer.isView(value)) return { "#bytes": Buffer.from(value).toString("base64") };
  return within(value, toData);
}

async function fromData(value) {
  if (value?.["#aes"]) return crypto.subtle.importKey("raw", bytes(value["#aes"]), AES, false, value.usages);
  if (value?.["#buffer"]) return bytes(value["#buffer"]).buffer;
  if (value?.["#bytes"]) return bytes(value["#bytes"]);
  return within(value, fromData);
}

async function within(value, turn) {
  if (Array.isArray(value)) return Promise.all(value.map(turn));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    await Promise.all(Object.entries(value).map(async ([key, part]) => [key, await turn(part)])),
  );
}

const bytes = (text) => Uint8Array.from(Buffer.from(text, "base64"));

/** Two phones that today's code filled, one of them locked: a check-in, its edit, a journal entry, one held, a draft. */
async function make(release) {
  const generate = crypto.subtle.generateKey.bind(crypto.subtle);
  crypto.subtle.generateKey = (kind, _, usages) => generate(kind, true, usages); // in a file every key must be readable
  await write(release);
  await write(`${release}-locked`, "204816");
  process.exit();
}

async function write(name, pin) {
  const { nameOf } = await import("../../pwa/static/js/store/databases.js");
  const { newId } = await import("../../pwa/static/js/store/ids.js");
  const { openKey } = await import("../../pwa/static/js/store/keys.js");
  const outbox = await import("../../pwa/static/js/store/outbox.js");
  const { Phone } = await import("../../pwa/static/js/store/phone.js");
  const { Vault } = await import("../../pwa/static/js/store/vault.js");
  const owner = newId();
  const phone = new Phone(new Vault(owner, await openKey(owner)), newId(), async () => null);
  const [day, felt_at] = ["2026-11-20", "2026-11-20T07:40:00-05:00"];
  const body = { mood: 6, anxiety: 4, note: "ünter Wasser 水 😀" };
  const first = await phone.save({ kind: "check-in", day, felt_at, body });
  const { record } = first;
  await phone.save({ kind: "check-in", record, parents: [first.id], day, felt_at, body: { ...body, mood: 7 } });
  await phone.save({ kind: "journal", day, felt_at, body: { text: "It was quiet.", audience: "me" } });
  const held = await phone.save({ kind: "journal", day, felt_at, body: { text: "Too long.", audience: "me" } });
  await outbox.hold(owner, held.id, [{ field: "", code: "too-large" }]);
  await phone.draft("check-in").set({ day, body: { mood: 2 } });
  const draft = { key: "check-in", says: await phone.draft("check-in").get() };
  if (pin) await lock(phone, pin);
  const texts = (await phone.vault.openAll(await outbox.all(owner))).map(({ text }) => text);
  const databases = [await lift(nameOf("outbox", owner)), await lift(nameOf("drafts", owner))];
  const golden = { release: name, owner, texts, held: [held.id], draft, pin, databases };
  writeFileSync(new URL(`${name}.json`, FOLDER), JSON.stringify(golden, null, 1) + "\n");
  await phone.sender.running;
  phone.channel.close();
}

/** And one entry more, which was added without unlocking. */
async function lock({ owner, vault, device }, pin) {
  const { lockOn } = await import("../../pwa/static/js/store/locking.js");
  const { keepServerKey } = await import("../../pwa/static/js/store/lock.js");
  const { Phone } = await import("../../pwa/static/js/store/phone.js");
  const { Slot } = await import("../../pwa/static/js/store/slot.js");
  const { OpeningServer } = await import("./opening.mjs");
  await keepServerKey(owner, (await OpeningServer.make()).key);
  await lockOn(vault, pin, 5);
  const phone = new Phone(await Slot.open(owner), device, async () => null);
  await phone.save({ kind: "journal", day: "2026-11-20", body: { text: "While locked.", audience: "me" } });
  await phone.sender.running;
  phone.channel.close();
}

/** A database as data. */
async function lift(name) {
  const db = await opened(name);
  const stores = [];
  for (const store of db.objectStoreNames) {
    const from = db.transaction(store).objectStore(store);
    const { keyPath, indexNames } = from;
    const rows = await settled(from.getAll());
    stores.push({ name: store, keyPath, indexes: [...indexNames], rows: await Promise.all(rows.map(toData)) });
  }
  const { version } = db;
  db.close();
  return { name, version, stores };
}

if (process.argv[1] === new URL(import.meta.url).pathname) await make(process.argv[2]);
