import { land, put, say, show, wish } from "./pane.js";
import { renew } from "./renewing.js";
import { forgetTyped, whereTo } from "./unsent.js";

const OF_AN_ALERT = "#list, .pane";

/** What is done about an alert, beside the list or in its row, leaves the list where it is. */
export function keepHere() {
  document.addEventListener("submit", sent);
}

/** @param {SubmitEvent} event */
async function sent(event) {
  const form = /** @type {HTMLFormElement} */ (event.target);
  if (!form.closest(OF_AN_ALERT)) return;
  event.preventDefault();
  if (form.ariaBusy) return;
  form.ariaBusy = "true"; // once
  const [before, isHere] = [wish(), isFocusBeside()];
  const address = whereTo(form);
  const body = new FormData(form);
  body.delete("back"); // answered with the alert's own page
  try {
    const answer = await fetch(address, { method: "POST", body });
    if (answer.ok) forgetTyped(form);
    const hasMovedOn = answer.ok && wish() !== before;
    if (!hasMovedOn && (await taken(answer, address.split("/").slice(0, -1).join("/"))) && isHere) land("");
    renew().catch(() => {}); // the next look says so
  } catch {
    say();
  }
  form.ariaBusy = null;
}

/** @param {Response} answer @param {string} path @returns {Promise<boolean>} whether what stands there is of now */
async function taken(answer, path) {
  if (answer.status === 404) return show(path); // somebody settled it meanwhile
  if (answer.ok || answer.status === 422) return put(answer, path);
  say();
  return false;
}

function isFocusBeside() {
  return Boolean(document.activeElement?.closest(".pane"));
}
