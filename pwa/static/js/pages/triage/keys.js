// A single key presses what names it with `aria-keyshortcuts`. The server names none for whoever has switched keys off.
const bar = /** @type {HTMLElement} */ (document.querySelector(".keys"));
const TYPED_INTO = "input, select, textarea";

/**
 * @param {() => Element | null} rowHere @param {(by: number) => void} [move]
 */
export function listen(rowHere, move) {
  bar.hidden = false;
  if (!("on" in bar.dataset)) return;
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTypedInto(event.target)) return;
    const key = event.key.toUpperCase();
    if (move && (key === "J" || key === "K")) return move(key === "J" ? 1 : -1);
    const found = event.repeat ? undefined : named(key, rowHere());
    if (!found) return;
    event.preventDefault(); // a sign that leads to the search is not typed there
    press(found);
  });
}

/** @param {EventTarget | null} target */
function isTypedInto(target) {
  return Boolean(/** @type {Element} */ (target).closest(TYPED_INTO));
}

/**
 * In the row one is at, then beside the list if it stands there, then what belongs to no alert.
 * @param {string} key @param {Element | null} row
 */
function named(key, row) {
  const all = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("[aria-keyshortcuts]")]);
  const its = all.filter((one) => one.getAttribute("aria-keyshortcuts") === key);
  const isBeside = !row || row.hasAttribute("aria-current");
  return (
    its.find((one) => row?.contains(one)) ??
    its.find((one) => isBeside && one.closest(".pane")) ??
    its.find((one) => !one.closest(".row, .pane, article.leaf"))
  );
}

/** @param {HTMLElement} found */
function press(found) {
  if (found.matches(TYPED_INTO)) found.focus();
  else found.click();
}
