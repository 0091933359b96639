import { say } from "../../elements/words.js";
import { hasPasskey, unlockWithPasskey } from "../../store/passkey.js";
import { one } from "../parts/come-in.js";

/** @param {string} owner @param {(data: import("../../store/keys.js").DataKey) => unknown} enter */
export async function wirePasskey(owner, enter) {
  const button = one("#passkey");
  button.hidden = !(await hasPasskey(owner));
  button.addEventListener("click", async () => {
    const data = await unlockWithPasskey(owner);
    if (data) enter(data);
    else one("#says").textContent = say("no_passkey");
  });
}
