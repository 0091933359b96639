import { saveFile } from "../../elements/save-file.js";
import { say } from "../../elements/words.js";
import { keepDrawn, one } from "../parts/come-in.js";

/** @typedef {import("../../store/phone.js").Phone} Phone */

/** Signing out: sends first; if something still waits, the patient says what becomes of it. @param {Phone} phone */
export function wireLeaving(phone) {
  const typed = /** @type {HTMLInputElement} */ (one("#typed"));
  const discard = /** @type {HTMLButtonElement} */ (one("[data-leave=discard]"));
  const asked = one("#still-waits");
  one("#sign-out").addEventListener("click", () => leave(phone));
  void keepDrawn(phone, () => tellOfDrafts(phone));
  on("again", () => leave(phone));
  on("keep", () => leave(phone, { keep: true }));
  on("copy", () => saveFile(phone, { waiting: true }));
  on("stay", () => (asked.hidden = true));
  on("discard", () => leave(phone, { discard: true }));
  typed.addEventListener("input", () => {
    discard.disabled = typed.value.trim().toLocaleUpperCase() !== typed.dataset.word;
  });
}

/** @param {string} what @param {() => unknown} act */
const on = (what, act) => one(`[data-leave=${what}]`).addEventListener("click", act);

/** @param {Phone} phone @param {{ keep?: boolean, discard?: boolean }} [how] */
async function leave(phone, how) {
  one("#leaving").textContent = say("leaving");
  const { state, waiting, because } = await phone.signOut(how);
  if (state === "done") return location.assign("/sign-in");
  one("#leaving").textContent = state === "offline" ? say("leaving_offline") : "";
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
