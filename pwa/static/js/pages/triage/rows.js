import { follow } from "./pane.js";

/** Where one was last, so that one goes on from there when that row has left the list. */
let last = -1;

/** The links of the rows as they stand now. */
export function links() {
  return /** @type {HTMLAnchorElement[]} */ ([...document.querySelectorAll("#list .row:not([inert]) .who a")]);
}

/** The row with the focus, or else the one that stands beside the list. @returns {Element | null} */
export function rowHere() {
  const focused = document.activeElement?.closest("#list .row");
  return focused ?? document.querySelector("#list .row[aria-current]");
}

/** @param {number} by */
export function move(by) {
  const all = links();
  const here = all.findIndex((link) => rowHere()?.contains(link));
  const next = here < 0 ? last + Math.min(by, 0) : here + by;
  last = Math.max(0, Math.min(all.length - 1, next));
  all[last]?.focus();
  if (all[last]) follow(all[last]);
}
