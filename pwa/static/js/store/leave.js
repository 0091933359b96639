import { erase, nameOf } from "./databases.js";
import { door } from "./door.js";
import { forgetKey } from "./handover.js";
import { noteLock } from "./lock-note.js";
import * as mirror from "./mirror.js";
import * as outbox from "./outbox.js";
import { hidePlanWhileLocked } from "./plan.js";
import { Sender } from "./sender.js";
import { Shut } from "./shut.js";
import { Slot } from "./slot.js";

/** @typedef {import("./phone.js").Phone} Phone */
/** @typedef {import("./sender.js").Trouble} Trouble */
/**
 * `waiting`: entries not sent; `because`: what stood in their way, "offline" for all that is in that of a sign-out too.
 * @typedef {{ state: "done" | "waiting" | "offline" | "prove", waiting: number, because?: Trouble | null }} Left
 */

/** @type {(Trouble | null)[]} the server did not answer as it should */
const UNREACHED = ["offline", "page", "busy", "unknown"];

const NOBODY = {
  owner: null,
  device: null,
  leaving: null,
  asks_thoughts: false,
  after_from: null,
  after_until: null,
  after_off: null,
  lost: 0,
  unsent: 0,
};

/**
 * Sends what waits, then signs out here and at the clinic. Everything of the owner goes from this phone, unless
 * something still waits: then nothing happens, or with `keep` it stays here, shut, until the next sign-in, or with
 * `discard` it is thrown away, which the patient typed.
 * That someone is leaving is noted first, so that a page that dies on the way finishes when the app opens again.
 * With `close` the account is closed, which the clinic takes only from who proved lately who they are: "prove".
 * @param {Phone} phone
 * @param {{ keep?: boolean, discard?: boolean, close?: boolean }} how
 * @returns {Promise<Left>}
 */
export async function signOut(phone, { keep = false, discard: drop = false, close = false } = {}) {
  const because = await flush(phone);
  const { waiting: readable, unreadable } = await phone.status();
  const waiting = phone.locked ? await outbox.count(phone.owner) : readable + unreadable;
  if ((await outbox.count(phone.owner)) && !keep && !drop) return { state: "waiting", waiting, because };
  await door.set({ leaving: phone.owner });
  const answer = await post(close ? "/account/close" : "/sign-out");
  if (answer?.status !== 204) {
    await door.set({ leaving: null });
    return { state: close && answer?.status === 403 ? "prove" : "offline", waiting };
  }
  if (drop) await discard(phone); // only now: a sign-out that fails must change nothing
  await finish();
  phone.dispatchEvent(new Event("gone")); // this page has its own way to go
  phone.tellOthers("left");
  return { state: "done", waiting };
}

/** Sends what waits; while the lock is shut, sealed. Says what stood in the way. @param {Phone} phone @returns {Promise<Trouble | null>} */
async function flush({ vault, device, sender }) {
  const by = vault instanceof Slot ? new Sender(new Shut(vault, true), device, undefined, sender.post) : sender;
  await by.sync();
  return UNREACHED.includes(by.trouble) ? "offline" : by.trouble;
}

/** Wipes the stores of whoever was leaving: the keys first. What still waits for its receipt stays, shut and encrypted. */
export async function finish() {
  const { leaving, device, told } = await door.get();
  if (!leaving) return;
  await forgetKey();
  noteLock(null);
  if (told) await (await import("./push.js")).endTelling();
  await hidePlanWhileLocked(leaving); // also where the rest stays, shut
  const empty = await outbox.close(leaving);
  await mirror.discard(leaving);
  if (empty) await Promise.all([erase(nameOf("drafts", leaving)), erase(nameOf("outbox", leaving))]);
  await door.set({ ...NOBODY, left: device });
}

/** Throws away what waits. Only after the patient typed that they mean it, and was offered a copy. @param {Phone} phone */
export async function discard(phone) {
  const rows = await outbox.all(phone.owner);
  await outbox.remove(
    phone.owner,
    rows.map(({ id }) => id),
  );
  phone.tell("change");
}

/** Ends the sign-in at the clinic. Whoever is signed out already is answered the same; a network's 401 is no answer of ours. */
export async function goodbye() {
  return (await post("/sign-out"))?.status === 204;
}

/** @param {string} address @returns {Promise<Response | null>} null: no answer came */
async function post(address) {
  try {
    const headers = { "Content-Type": "application/json", "X-Tidelog": "1" };
    return await fetch(address, { method: "POST", body: "{}", headers, redirect: "error", cache: "no-store" });
  } catch {
    return null;
  }
}
