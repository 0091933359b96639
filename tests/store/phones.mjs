// Phones for tests: each with its own databases, as the real one has them, and one server to talk to.
import "fake-indexeddb/auto";
import { newId } from "../../pwa/static/js/store/ids.js";
import { openKey } from "../../pwa/static/js/store/keys.js";
import { Phone } from "../../pwa/static/js/store/phone.js";
import { Vault } from "../../pwa/static/js/store/vault.js";
import { keepServerKey, unlock } from "../../pwa/static/js/store/lock.js";
import { lockOn } from "../../pwa/static/js/store/locking.js";
import { Slot } from "../../pwa/static/js/store/slot.js";
import * as outbox from "../../pwa/static/js/store/outbox.js";

export const DAY = "2026-11-20";
export const checkIn = (mood, more = {}) => ({ kind: "check-in", day: DAY, body: { mood }, ...more });

/**
 * A phone of this owner. Phones share the databases of this process, so two phones of one owner are two names:
 * `called` is put behind the owner's id in the names of the databases, and taken off again on the way to the server.
 */
export async function aPhone(t, server, { owner = newId(), called = "", post } = {}) {
  const name = owner + called;
  const send = post ?? ((body) => server.answer(body));
  const data = await openKey(name);
  const vault = data ? new Vault(name, data) : await Slot.open(name);
  return phoneOf(t, vault, async (body) => {
    const answer = await send(body.replace(`"owner":"${name}"`, `"owner":"${owner}"`));
    if (answer?.json?.owner === owner) answer.json.owner = name;
    return answer && structuredClone(answer);
  });
}

function phoneOf(t, vault, post) {
  const phone = new Phone(vault, "a-device", post);
  t.after(async () => {
    await phone.sender.running;
    phone.channel.close();
  });
  return phone;
}

/** What is in the outbox, to the last byte. */
export async function outboxOf(phone) {
  const rows = await outbox.all(phone.owner);
  return rows.map(({ id, sealed, held }) => ({ id, held, sealed: Buffer.from(sealed).toString("hex") }));
}

/** Saves and waits until the run that follows a save is over, whatever came of it. */
export async function save(phone, said) {
  const version = await phone.save(said);
  await phone.sync();
  return version;
}

export const moods = async (phone) =>
  (await phone.entries("check-in")).map(({ heads }) => heads.map(({ body }) => body.mood));

export const PIN = "204816";

/** Switches the app lock on; the phone that is given back is the one that opens next: locked. */
export async function lockedPhone(t, server, phone, more = {}) {
  await keepServerKey(phone.owner, server.key);
  await lockOn(phone.vault, PIN, 5);
  return aPhone(t, server, { owner: phone.owner, ...more });
}

/** The phone after the right PIN. */
export async function unlocked(t, { owner }, post, pin = PIN) {
  return phoneOf(t, new Vault(owner, await unlock(owner, pin)), post);
}
