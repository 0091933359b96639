/** How often one looks whether other alerts stand than are shown, in ms. */
const EVERY = 2000;
/** Looks that fail one after the other before the page says so: a short cut is nothing to speak of. */
const FAILURES = 5;
/** For so long, in ms, nothing can be pressed in a list that has just moved under the pointer. */
const SETTLES = 700;
/** How long an answer may take, in ms. */
const PATIENCE = 10_000;
/** @type {RequestInit} a sign-in that ran out leads elsewhere, which is a failure here */
const HOW = { redirect: "error", cache: "no-store" };

/**
 * An alert comes onto an open page by itself. Nobody asks for a page that nobody looks at.
 * @param {() => void} renewed
 */
export function keepRenewed(renewed) {
  let failures = 0;
  const look = async () => {
    if (!document.hidden) failures = (await isLookedAt(renewed)) ? 0 : failures + 1;
    const stale = one("#stale");
    const words = failures < FAILURES ? "" : (stale.dataset.says ?? "");
    if (stale.textContent !== words) stale.textContent = words;
    setTimeout(look, EVERY);
  };
  setTimeout(look, EVERY);
}

/** @param {() => void} renewed */
async function isLookedAt(renewed) {
  try {
    const { stand } = await (await asked("/clinic/triage/stand")).json();
    if (stand === one(".alerts").dataset.stand) return true;
    const fresh = new DOMParser().parseFromString(await (await asked(location.href)).text(), "text/html");
    put(fresh);
    renewed();
    return true;
  } catch {
    return false; // whatever went wrong, the page says that it could not be renewed
  }
}

/** The new list in the old one's place; the focus stays on what it was on. @param {Document} fresh */
function put(fresh) {
  const held = nameOf(document.activeElement);
  for (const told of ["#open", "#silence"]) {
    const words = one(told, fresh).textContent;
    if (one(told).textContent !== words) one(told).textContent = words; // not replaced, so that it is read out
  }
  for (const part of [".head .tabs", ".alerts"]) one(part).replaceWith(one(part, fresh));
  const list = one(".alerts");
  const all = /** @type {HTMLElement[]} */ ([...list.querySelectorAll("a, button")]);
  if (held) all.find((each) => nameOf(each) === held)?.focus();
  list.dataset.moved = "";
  setTimeout(() => delete list.dataset.moved, SETTLES);
}

/** What a link or a button in the list does. @param {any} element */
const nameOf = (element) => element?.closest(".alerts") && (element.href ?? element.form?.action);

/** @param {string} address */
async function asked(address) {
  const answer = await fetch(address, { ...HOW, signal: AbortSignal.timeout(PATIENCE) });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer;
}

/** @param {string} selector @param {Document} [within] */
const one = (selector, within = document) => /** @type {HTMLElement} */ (within.querySelector(selector));
