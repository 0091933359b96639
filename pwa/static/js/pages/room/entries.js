/** The entry that has the focus, or else the one that had it last. @type {Element | null} */
let last = null;

document.addEventListener("focusin", ({ target }) => {
  last = /** @type {Element} */ (target).closest("article.leaf") ?? last;
});

/** @returns {HTMLElement | null} */
export function entryHere() {
  return entries().find((entry) => entry === last) ?? null;
}

/** @param {number} by */
export function move(by) {
  const all = entries();
  const here = entryHere();
  const next = here ? all.indexOf(here) + by : 0;
  const entry = all[Math.max(0, Math.min(all.length - 1, next))];
  entry?.focus({ preventScroll: true });
  entry?.scrollIntoView({ block: "start" });
}

function entries() {
  return /** @type {HTMLElement[]} */ ([...document.querySelectorAll("article.leaf")]);
}
