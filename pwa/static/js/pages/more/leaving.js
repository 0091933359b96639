import { saveFile } from "../../elements/save-file.js";
import { say } from "../../elements/words.js";
import { here, keepDrawn, one } from "../parts/come-in.js";

/** @typedef {import("../../store/phone.js").Phone} Phone */

/** Whether the account is to be closed, and a copy of what waits was saved. */
const going = { close: false, copied: false };

/** Signing out, and closing the account: sends first; if something still waits, the patient says what becomes of it. @param {Phone} phone */
export function wireLeaving(phone) {
  const typed = /** @type {HTMLInputElement} */ (one("#typed"));
  const discard = /** @type {HTMLButtonElement} */ (one("[data-leave=discard]"));
  const asked = one("#still-waits");
  one("#sign-out").addEventListener("click", () => begin(phone, false));
  one("#close-account").addEventListener("click", () => begin(phone, true));
  void keepDrawn(phone, () => tellOfDrafts(phone));
  on("again", () => leave(phone));
  on("keep", () => leave(phone, { keep: true }));
  on("copy", async () => {
    await saveFile(phone, { waiting: true });
    going.copied = true;
    offer();
  });
  on("stay", () => (asked.hidden = true));
  on("discard", () => leave(phone, { discard: true }));
  typed.addEventListener("input", () => {
    discard.disabled = typed.value.trim().toLocaleUpperCase() !== typed.dataset.word;
  });
}

/** @param {string} what @param {() => unknown} act */
const on = (what, act) => one(`[data-leave=${what}]`).addEventListener("click", act);

/** @param {Phone} phone @param {boolean} close */
function begin(phone, close) {
  going.close = close;
  offer();
  return leave(phone);
}

/** With the account closed nothing is ever sent again: what waits cannot stay, and goes only once it is in a file. */
function offer() {
  one("[data-leave=keep]").hidden = going.close;
  for (const part of [one("#throw"), one("[data-leave=discard]")]) part.hidden = going.close && !going.copied;
}

/** @param {Phone} phone @param {{ keep?: boolean, discard?: boolean }} [how] */
async function leave(phone, how) {
  const { close } = going;
  one("#leaving").textContent = say(close ? "closing" : "leaving");
  const { state, waiting, because } = await phone.signOut({ ...how, close });
  if (state === "done") return location.assign("/sign-in");
  if (state === "prove") return location.assign(`/account/prove?next=${here("more")}`);
  one("#leaving").textContent = state === "offline" ? say(close ? "closing_offline" : "leaving_offline") : "";
  one("#still-waits").hidden = state !== "waiting";
  one("#still-h").textContent = say("still_waits", { n: waiting });
  if (state !== "waiting") return;
  one("[data-leave=again]").hidden = because === "sign-in";
  one("#leave-sign-in").hidden = because !== "sign-in";
  one("#no-way-out").hidden = because !== "offline";
  one("#still-waits").focus();
}

/** What was begun and not saved goes with what is here, or stays with what waits. @param {Phone} phone */
async function tellOfDrafts(phone) {
  const n = await phone.drafts();
  for (const part of [one("#drafts-go"), one("#drafts-too")]) part.hidden = !n;
  one("#drafts-go").textContent = say("drafts_go", { n });
}
