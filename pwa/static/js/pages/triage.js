import { keepRenewed } from "./triage/renewing.js";

// Triage by keyboard: j and k move, a acknowledges, u takes that back. Single letters can be switched off, for whoever
// speaks to the computer or types by accident; the page works without this.
const KEPT = "triage-keys";
const HERE = "triage-row";
const bar = /** @type {HTMLElement} */ (document.querySelector(".keys"));
const button = /** @type {HTMLButtonElement} */ (bar.querySelector("button"));

show();
keepRenewed(show);
button.addEventListener("click", () => {
  localStorage.setItem(KEPT, isOn() ? "off" : "on");
  show();
});
document.addEventListener("keydown", (event) => {
  const busy = /** @type {Element} */ (event.target).closest("input, select, textarea");
  if (!isOn() || busy || event.ctrlKey || event.metaKey || event.altKey) return;
  const act = {
    j: () => move(1),
    k: () => move(-1),
    a: () => press(".ack:not(.undo) button"),
    u: () => press(".undo button"),
  };
  act[/** @type {"j" | "k" | "a" | "u"} */ (event.key.toLowerCase())]?.();
});
links()
  .find((link) => link.pathname === sessionStorage.getItem(HERE))
  ?.focus();
sessionStorage.removeItem(HERE);

function isOn() {
  return localStorage.getItem(KEPT) !== "off";
}

/** Of the rows as they stand now. */
function links() {
  return /** @type {HTMLAnchorElement[]} */ ([...document.querySelectorAll(".alerts .who a")]);
}

function show() {
  bar.hidden = !links().length;
  button.setAttribute("aria-pressed", String(isOn()));
}

/** The row that has the focus; -1: none. */
function here() {
  return links().findIndex((link) => link.closest(".row")?.contains(document.activeElement));
}

/** @param {number} by */
function move(by) {
  const all = links();
  all[Math.max(0, Math.min(all.length - 1, here() + by))]?.focus();
}

/** The page comes again, and the focus is where it was. @param {string} what */
function press(what) {
  const link = links()[here()];
  const found = /** @type {HTMLButtonElement | undefined} */ (link?.closest(".row")?.querySelector(what) ?? undefined);
  if (found) sessionStorage.setItem(HERE, link.pathname);
  found?.click();
}
