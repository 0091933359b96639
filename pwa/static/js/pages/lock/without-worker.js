import { lockOff } from "../../store/locking.js";
import { one } from "../parts/come-in.js";

/**
 * Where no worker can carry the key from page to page there can be no lock: the patient may switch it off and go on.
 * @param {string} owner
 * @param {string | undefined} pin
 * @param {() => void} goOn
 */
export function wireWithoutWorker(owner, pin, goOn) {
  one("#no-worker").hidden = false;
  one("#no-worker").focus();
  one("#lock-off").hidden = !pin;
  one("#lock-off").addEventListener("click", async () => pin && (await lockOff(owner, pin)) && goOn());
}
