import { door } from "../../store/door.js";
import { openPhone } from "../../store/open.js";
import { isFull, isSilent } from "../../store/phone.js";
import { planWhileLocked } from "../../store/plan.js";

addEventListener("error", ({ error }) => tellOfStore(error)); // a page that could not read what it shows
addEventListener("unhandledrejection", ({ reason }) => tellOfStore(reason)); // or do what was asked of it

/** What the lock's page puts behind the address of a form that may be filled without unlocking. */
const WHILE_LOCKED = "?locked";

/**
 * Opens the stores of whoever uses this phone and shows what belongs to someone signed in, or the way to sign in. Before
 * the first entry everyone reads once who reads what; `unread` pages open all the same. While it is locked the lock's
 * page comes instead, unless this one only `adds`.
 * @param {{ unread?: boolean, adds?: boolean }} [how]
 * @returns {Promise<import("../../store/phone.js").Phone | null>}
 */
export async function comeIn({ unread = false, adds = false } = {}) {
  const phone = await openPhone();
  if (phone?.locked && !(adds && location.search === WHILE_LOCKED)) return toTheLock();
  if (phone?.locked) one(".top .back").setAttribute("href", here("lock"));
  const known = await door.get();
  if (phone && !phone.locked && !unread && known.welcomed !== phone.owner) location.replace(here("welcome"));
  if (phone && known.untold) void tellLanguage(known.untold);
  if (phone && known.told) void import("../../store/push.js").then(({ renew }) => renew(phone.owner));
  const when = phone ? "signed-in" : "signed-out";
  // a form shows itself once it is filled: words typed before that would be written over
  for (const part of all(`[data-when="${when}"]`)) part.hidden = part.matches("form");
  return phone;
}

/** Tells our server which language was chosen here, for mail and the pages that it makes. Else the next page does. @param {string} untold */
async function tellLanguage(untold) {
  const call = { method: "POST", headers: { "X-Tidelog": "1" } };
  if ((await fetch(`/account/language/${untold}`, call).catch(() => null))?.ok) await door.set({ untold: null });
}

function toTheLock() {
  location.replace(`${here("lock")}#${location.pathname}${location.hash}`);
  return null;
}

/** Draws now, and again after every change of the store. @param {EventTarget} phone @param {() => Promise<void>} draw */
export function keepDrawn(phone, draw) {
  let [drawing, again] = [false, false];
  const run = async () => {
    again = drawing;
    if (drawing) return;
    drawing = true;
    await draw()
      .then(() => tellOfStore(null), tellAndThrow)
      .finally(() => (drawing = false));
    if (again) await run();
  };
  phone.addEventListener("change", run);
  return run();
}

/** Says what is wrong with this phone's store, rather than showing an empty page. @param {unknown} error */
function tellOfStore(error) {
  const what = error && (!globalThis.indexedDB ? "none" : isFull(error) ? "full" : isSilent(error) ? "silent" : null);
  for (const part of all("[data-store]")) part.hidden = part.dataset.store !== what;
}

/** @param {unknown} error @returns {never} */
function tellAndThrow(error) {
  tellOfStore(error);
  throw error;
}

/** The way to one's safety plan where there is one; while it is locked, where it may be seen. @param {import("../../store/phone.js").Phone} phone */
export async function offerPlan(phone) {
  const there = phone.locked ? await planWhileLocked(phone.owner) : (await phone.entries("safety-plan")).length;
  one("#plan").hidden = !there;
}

/** @param {string} selector */
export const one = (selector) => /** @type {HTMLElement} */ (document.querySelector(selector));

/** @param {string} selector */
export const all = (selector) => /** @type {HTMLElement[]} */ ([...document.querySelectorAll(selector)]);

/** A copy of what a `<template>` holds. @param {string} id @returns {HTMLElement} */
export function copyOf(id) {
  const template = /** @type {HTMLTemplateElement} */ (document.getElementById(id));
  // imported, since within a template no link knows its address
  return /** @type {HTMLElement} */ (document.importNode(template.content, true).firstElementChild);
}

/** @param {string} path below the language */
export const here = (path) => `/${document.documentElement.lang}/${path}`;

/**
 * The address at which an entry is opened and changed.
 * @param {{ record: string, kind: string }} entry
 * @param {Record<string, any> | null | undefined} body
 */
export function opens({ record, kind }, body) {
  const about = body?.checks ? "checks" : body?.treatment || body?.window ? "after-session" : "body";
  const forms = {
    "check-in": "check-in",
    journal: "journal/entry",
    "home-dose": "home-dose",
    reminders: "more",
    call: "help",
    "safety-plan": "safety-plan",
    "goal-said": "goal",
    aside: "",
  };
  const form = /** @type {Record<string, string>} */ (forms)[kind] ?? about;
  return `${here(form)}#${record}`;
}
