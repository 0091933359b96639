// The chosen alert beside the list, as its own page shows it: to read it here is to read it there.
import { tickWhatSettles } from "./settling.js";
import { keepTyped, putTyped } from "./unsent.js";

const pane = /** @type {HTMLElement} */ (document.querySelector(".pane"));
const ALERT = "/clinic/alerts/";
const FILLED_IN = "input:not([type=hidden]), select, textarea";
/** So long, in ms, one rests on a row before its alert is read: who passes by has not read it. */
const RESTS = 250;
let passing = 0;
/** Paths of the alert that is asked for, and of the one that stands there. */
let wanted = "";
let shown = "";

export function keepBeside() {
  pane.hidden = false;
  document.addEventListener("click", clicked);
  pane.addEventListener("keydown", (event) => {
    if (event.key === "Escape") rowOf(shown)?.querySelector("a")?.focus();
  });
  const before = history.state?.beside;
  if (before && rowOf(before) && isRoom()) show(before);
}

/** @param {HTMLAnchorElement} link */
export function follow(link) {
  clearTimeout(passing);
  if (isAnAlert(link) && isRoom()) passing = setTimeout(() => show(link.pathname), RESTS);
}

/** The row whose alert stands beside the list. */
export function mark() {
  for (const row of document.querySelectorAll("#list .row[aria-current]")) row.removeAttribute("aria-current");
  rowOf(shown)?.setAttribute("aria-current", "true");
}

function isRoom() {
  return pane.getClientRects().length > 0;
}

/** @param {HTMLAnchorElement} link */
function isAnAlert(link) {
  return link.pathname.startsWith(ALERT);
}

/** @param {string} path */
function rowOf(path) {
  return document.querySelector(`#list .who a[href="${path}"]`)?.closest(".row");
}

/** @param {MouseEvent} event */
async function clicked(event) {
  const link = /** @type {HTMLAnchorElement | null} */ (/** @type {Element} */ (event.target).closest("a"));
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const isJump = pane.contains(link) && link.getAttribute("href")?.startsWith("#");
  if (!isJump && !(link.closest("#list") && isAnAlert(link) && isRoom())) return;
  event.preventDefault();
  if (isJump || (await show(link.pathname))) land(link.hash);
}

/** The path of the alert that was asked for last. */
export const wish = () => wanted;

/** To the first that can be filled in there, or to what was refused, or to the head of the alert. @param {string} hash */
export function land(hash) {
  tickWhatSettles(hash);
  const part = hash ? pane.querySelector(hash)?.closest("section") : pane.querySelector("[aria-invalid=true]");
  const there = part?.matches(FILLED_IN) ? part : part?.querySelector(FILLED_IN);
  /** @type {HTMLElement | null} */ (there ?? pane.querySelector("h2"))?.focus();
  if (!hash) part?.closest(".labelled")?.scrollIntoView({ block: "nearest" }); // with what is wrong, which stands beneath
}

/** @param {string} path @returns {Promise<boolean>} whether it stands there */
export async function show(path) {
  clearTimeout(passing);
  wanted = path;
  try {
    const answer = await fetch(path, { cache: "no-store" });
    return wanted === path && (await put(answer, path));
  } catch {
    say();
    return false;
  }
}

/** @param {Response} answer @param {string} path */
export async function put(answer, path) {
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const alert = page.querySelector("#alert");
  say(!alert);
  if (alert && isRoom()) {
    keepTyped(pane);
    pane.replaceChildren(alert);
    putTyped(pane);
    shown = wanted = path;
    history.replaceState({ beside: path }, "");
    mark();
  }
  return Boolean(alert);
}

/** Whether it did not go; what was typed is still there. */
export function say(hasFailed = true) {
  const told = /** @type {HTMLElement} */ (document.querySelector("#failed"));
  told.textContent = hasFailed ? (told.dataset.says ?? "") : "";
}
