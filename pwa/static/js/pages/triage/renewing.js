import { isAboutToPress } from "./pointer.js";

/** How often one looks whether other alerts stand than are shown, in ms. */
const EVERY = 2000;
/** Looks that fail one after the other before the page says so: a short cut is nothing to speak of. */
const FAILURES = 5;
/** For so long, in ms, nothing can be pressed in a list that has just moved. */
const SETTLES = 700;
/** How long an answer may take, in ms. */
const PATIENCE = 10_000;
/** @type {RequestInit} a sign-in that ran out leads elsewhere, which is a failure here */
const HOW = { redirect: "error", cache: "no-store" };
/** @type {() => void} */
let renewed = () => {};

/**
 * An alert comes onto an open page by itself; under a pointer that is about to press something, only when it is asked for.
 * Nobody asks for a page that nobody looks at.
 * @param {() => void} then
 */
export function keepRenewed(then) {
  renewed = then;
  one("#show-news").addEventListener("click", () => renew(true));
  let failures = 0;
  const look = async () => {
    if (!document.hidden) failures = (await isLookedAt()) ? 0 : failures + 1;
    tell("#stale", failures < FAILURES ? "" : (one("#stale").dataset.says ?? ""));
    setTimeout(look, EVERY);
  };
  setTimeout(look, EVERY);
}

/** @param {boolean} [all] false: rows are renewed where they are, and none comes or goes */
export async function renew(all = !isAboutToPress()) {
  const fresh = new DOMParser().parseFromString(await (await asked(location.href)).text(), "text/html");
  const keep = focusKept();
  for (const told of ["#open", "#silence", "#waiting"]) tell(told, one(told, fresh).textContent ?? "");
  one(".head .reach").replaceWith(one(".head .reach", fresh));
  if (all) putAll(fresh);
  else putInPlace(fresh);
  keep();
  renewed();
}

async function isLookedAt() {
  try {
    const since = one("#list").dataset.since ?? "";
    const { stand, news } = await (await asked(`/clinic/triage/stand?${new URLSearchParams({ since })}`)).json();
    const isOther = stand !== one("#list").dataset.stand;
    if (isOther && !isAboutToPress()) await renew(true);
    else announce(isOther ? news : "");
    return true;
  } catch {
    return false; // whatever went wrong, the page says that it could not be renewed
  }
}

/** @param {string} news */
function announce(news) {
  tell("#news", news);
  one("#show-news").hidden = !news;
}

/** @param {Document} fresh */
function putAll(fresh) {
  const list = one("#list", fresh);
  one("#list").replaceWith(list);
  announce("");
  list.dataset.moved = "";
  setTimeout(() => delete list.dataset.moved, SETTLES);
}

/** @param {Document} fresh */
function putInPlace(fresh) {
  const coming = new Map([...fresh.querySelectorAll("#list .row")].map((row) => [row.id, row]));
  const standing = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("#list .row")]);
  const isWhole = standing.length === coming.size && standing.every((row) => coming.has(row.id));
  for (const row of standing) {
    const next = coming.get(row.id);
    if (next) row.replaceWith(next);
    else row.inert = true;
  }
  if (isWhole) Object.assign(one("#list").dataset, one("#list", fresh).dataset);
}

/** Not replaced, so that it is read out. @param {string} where @param {string} words */
function tell(where, words) {
  if (one(where).textContent !== words) one(where).textContent = words;
}

/** On what it was, or else on the link of that row; what is focused stays where it is seen. */
function focusKept() {
  const held = document.activeElement;
  const row = held?.closest("#list .row");
  const name = doneBy(held);
  const height = held?.getBoundingClientRect().top ?? 0;
  return () => {
    const again = row && document.getElementById(row.id);
    const all = /** @type {HTMLElement[]} */ ([...(again?.querySelectorAll("a, button") ?? [])]);
    const next = all.find((each) => doneBy(each) === name) ?? all[0];
    next?.focus({ preventScroll: true });
    if (next) scrollBy(0, next.getBoundingClientRect().top - height);
  };
}

/** What a link or a button in the list does. @param {any} element */
const doneBy = (element) => element?.href ?? element?.form?.action;

/** @param {string} address */
async function asked(address) {
  const answer = await fetch(address, { ...HOW, signal: AbortSignal.timeout(PATIENCE) });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer;
}

/** @param {string} selector @param {Document} [within] */
const one = (selector, within = document) => /** @type {HTMLElement} */ (within.querySelector(selector));
