// The last question before an account is closed. What waits on this phone is sent first, since nothing is sent afterwards.
import { saveFile } from "../elements/save-file.js";
import { say } from "../elements/words.js";
import { openPhone } from "../store/open.js";
import { here, one } from "./parts/come-in.js";

/** @typedef {import("../store/phone.js").Phone} Phone */

const typed = /** @type {HTMLInputElement | null} */ (document.querySelector("#typed"));
const close = /** @type {HTMLButtonElement} */ (one("#close"));
const phone = await openPhone();

if (phone?.locked) location.replace(`${here("lock")}#${here("more")}`);
else if (phone && typed) wire(phone, typed);

/** @param {Phone} phone @param {HTMLInputElement} typed */
function wire(phone, typed) {
  typed.disabled = false;
  typed.addEventListener("input", () => {
    close.disabled = typed.value.trim().toLocaleUpperCase() !== typed.dataset.word;
  });
  close.addEventListener("click", () => end(phone));
  one("#again").addEventListener("click", () => end(phone));
  one("#without").addEventListener("click", () => end(phone, true));
  one("#copy").addEventListener("click", async () => {
    await saveFile(phone, { waiting: true });
    one("#without").hidden = false; // what was never sent goes only once it is in a file
  });
  one("#save-all").addEventListener("click", () => saveFile(phone));
}

/** @param {Phone} phone @param {boolean} [discard] what waits */
async function end(phone, discard = false) {
  tell("closing");
  const { state, waiting } = await phone.signOut({ close: true, discard });
  if (state === "done") return location.assign("/account/closed");
  if (state === "prove") return location.reload(); // the proof is too old by now: it is asked for anew
  one("#waits").hidden = state !== "waiting";
  if (state !== "waiting") return tell("offline");
  tell("");
  one("#waits-h").textContent = say("waits", { n: waiting });
  one("#waits").focus();
}

/** @param {string} what */
function tell(what) {
  one("#told").textContent = what && say(what);
}
