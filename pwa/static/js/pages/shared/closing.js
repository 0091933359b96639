// What its writer takes back or changes goes from an open page within seconds, and from a page that one comes back to.

/** How often one looks whether what is shown is still shared, in ms. */
const EVERY = 2000;
/** Looks that fail one after the other before the page says so: a short cut is nothing to speak of. */
const FAILURES = 5;
/** How long an answer may take, in ms. */
const PATIENCE = 10_000;

let failures = 0;
let timer = 0;

/** @param {HTMLElement} stale where it is said that one cannot look */
export function keepClosing(stale) {
  addEventListener("pageshow", ({ persisted }) => persisted && comeBack());
  document.addEventListener("visibilitychange", () => !document.hidden && look(stale));
  void look(stale);
}

/** @param {HTMLElement} stale */
async function look(stale) {
  clearTimeout(timer);
  if (!stale.isConnected) return; // it went with the page
  if (!document.hidden && (shown().length || stale.dataset.empties))
    failures = (await isAnswered(stale)) ? 0 : failures + 1;
  const words = failures < FAILURES ? "" : (stale.dataset.says ?? "");
  if (stale.textContent !== words) stale.textContent = words;
  timer = setTimeout(look, EVERY, stale);
}

/** @param {HTMLElement} stale @returns {Promise<boolean>} whether it is known what may stand */
async function isAnswered(stale) {
  try {
    const versions = [...new Set(shown().flatMap(versionsOf))].join(" ");
    const answer = await fetch(`${stale.dataset.asks}?${new URLSearchParams({ versions })}`, {
      redirect: "manual",
      cache: "no-store",
      signal: AbortSignal.timeout(PATIENCE),
    });
    if (answer.status >= 500) return false;
    const may = answer.ok ? await answer.json() : { shared: [], hidden: [] }; // else the sign-in has ended
    close(may.shared);
    hide(stale, answer.status === 404 ? null : may.hidden); // no longer on the team, or an emergency has ended
    return true;
  } catch {
    return false; // whatever went wrong, the page says that it could not be checked
  }
}

/** @param {string[]} shared */
function close(shared) {
  for (const one of shown().filter((one) => !versionsOf(one).every((id) => shared.includes(id)))) {
    if (one.closest("nav, aside")) one.remove();
    else one.replaceWith(copyOf("#closed"));
  }
}

/**
 * What shows more than the reader may see now is emptied: not by halves, since a chart has several parts in it.
 *
 * @param {HTMLElement} stale @param {string[] | null} parts hidden from the reader; null: all of them
 */
function hide(stale, parts) {
  const { hidden = "", empties } = stale.dataset;
  if (!empties || parts?.every((part) => hidden.split(" ").includes(part))) return;
  Object.assign(stale.dataset, parts ? { hidden: parts.join(" ") } : { empties: "" });
  const [gone, places] = [copyOf("#gone"), [...document.querySelectorAll(empties)]];
  for (const one of places) one.replaceChildren();
  places.at(-1)?.append(gone);
}

/** @param {string} which */
function copyOf(which) {
  const template = /** @type {HTMLTemplateElement} */ (document.querySelector(which));
  return document.importNode(template.content, true);
}

/** The browser kept the page as it was: nothing of it is shown before it was asked for anew. */
function comeBack() {
  /** @type {HTMLElement} */ (document.querySelector("main")).replaceChildren();
  location.reload();
}

const shown = () => /** @type {HTMLElement[]} */ ([...document.querySelectorAll("[data-versions]")]);

/** @param {HTMLElement} one */
const versionsOf = (one) => (one.dataset.versions ?? "").split(" ");
