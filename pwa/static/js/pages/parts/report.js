import { leave, leaveSaved } from "../../elements/dock.js";
import { Effects } from "../../elements/effects-list.js";
import { attend } from "../../elements/entry-form.js";
import { showNumbers } from "../../elements/numbers.js";
import { offerOtherHeads } from "../../elements/other-heads.js";
import { Stages } from "../../elements/stages.js";
import { typed, unasked, write } from "../../elements/typed.js";
import { all, one } from "./come-in.js";

/** @typedef {import("../../elements/entry.js").Entry} Entry */

/** Behind the address of who wants the list rather than one question a screen. */
const AT_ONCE = "?all";

const form = one("#entry");
const effects = /** @type {Effects} */ (form.querySelector("tide-effects"));
const other = /** @type {import("../../elements/answer.js").Answer} */ (form.querySelector("[name=other_severity]"));
const wait = /** @type {import("../../elements/answer.js").Answer} */ (form.querySelector("[name=can_wait]"));

/** @typedef {(said: Record<string, any>) => { treatment?: string, window?: string, checks?: string[] }} About */

/**
 * The form of an effects report, after a session or between sessions.
 * @param {import("../../store/phone.js").Phone} phone
 * @param {Entry} entry
 * @param {About} about  what the page knows of it, from what is said
 */
export async function report(phone, entry, about) {
  form.addEventListener("answer", () => (entry.marked = effects.marked), true);
  attend(entry, { read: () => read(entry, about), fill, blank, saved: leaveSaved });
  effects.marked = entry.marked ?? [];
  offerOtherHeads(entry.found, describe, (body) => use(entry, body));
  await showNumbers(phone);
  if (document.documentElement.dataset.mode !== "after" || location.search === AT_ONCE) return;
  one("#at-once").setAttribute("href", AT_ONCE + location.hash);
  one("#at-once").hidden = phone.locked;
  for (const more of all("details.more")) more.setAttribute("open", "");
  new Stages(form, entry, leave);
}

/**
 * @param {Entry} entry
 * @param {About} about
 */
function read(entry, about) {
  const severity = other.value === null ? {} : { other_severity: Number(other.value) };
  const waits = wait.value === null ? {} : { can_wait: wait.value === "yes" };
  const said = { effects: effects.value, ...severity, ...waits, ...typed(form) };
  return { day: entry.day, body: { ...unasked(form, entry.body), ...about(said), ...said } };
}

/**
 * @param {string} _
 * @param {Record<string, any>} body
 */
function fill(_, body) {
  effects.value = body.effects ?? [];
  other.value = body.other_severity?.toString();
  wait.value = body.can_wait === undefined ? null : body.can_wait ? "yes" : "no";
  write(form, body);
}

/** @param {Record<string, any>} body */
function blank(body) {
  return !body.effects.length && !Object.keys(typed(form)).length;
}

/** @param {Record<string, any>} body */
function describe(body) {
  const named = (body.effects ?? []).filter((/** @type {any} */ one) => one.severity).map(effects.name);
  return [...named, body.other ?? body.note].filter(Boolean).join(", ");
}

/**
 * @param {Entry} entry
 * @param {Record<string, any>} body
 */
function use(entry, body) {
  entry.take(body);
  fill("", body);
  form.dispatchEvent(new Event("answer"));
}
