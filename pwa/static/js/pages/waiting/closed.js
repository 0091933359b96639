import { saveFile } from "../../elements/save-file.js";
import { say } from "../../elements/words.js";
import { one } from "../parts/come-in.js";

/** The clinic closed the account: what is here can be kept, and by a typed word taken off. @param {import("../../store/phone.js").Phone} phone */
export function wireClosed(phone) {
  const typed = /** @type {HTMLInputElement} */ (one("#typed"));
  const off = /** @type {HTMLButtonElement} */ (one("#take-off"));
  one("#copy").addEventListener("click", () => saveFile(phone));
  typed.addEventListener("input", () => {
    off.disabled = typed.value.trim().toLocaleUpperCase() !== typed.dataset.word;
  });
  off.addEventListener("click", async () => {
    const { state } = await phone.signOut({ discard: true });
    if (state === "done") location.assign("/sign-in");
    else one("#off-told").textContent = say("needs_network");
  });
}
