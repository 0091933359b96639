import { isInstalled, isIphoneTab } from "../../elements/tab.js";
import { say } from "../../elements/words.js";
import { askForCode } from "../../store/code.js";
import { all, keepDrawn, one } from "../parts/come-in.js";

/** @typedef {import("../../store/phone.js").Phone} Phone */

/** How to keep the app on the home screen: the browser's own offer, or the way on an iPhone; nothing where it is there. */
export function offerInstall() {
  if (isInstalled()) return;
  if (isIphoneTab()) show("iphone");
  addEventListener("beforeinstallprompt", (event) => {
    event.preventDefault();
    show("prompt");
    one("#install-now").onclick = () => /** @type {any} */ (event).prompt();
  });
}

/** On another screen one comes in by a code. What waits is sent first, since it stays on this one. @param {Phone} phone */
export function wireCode(phone) {
  one("#code-for").hidden = false;
  one("#get-code").addEventListener("click", () => getCode(phone));
  void keepDrawn(phone, async () => {
    const { waiting } = await phone.status();
    one("#install-waits").textContent = waiting ? say("stays_here", { n: waiting }) : say("nothing_waits");
  });
}

/** @param {Phone} phone */
async function getCode(phone) {
  one("#code-told").textContent = say("trying");
  await phone.sendNow();
  const { code, because } = await askForCode();
  one("#code").hidden = !code;
  one("#code b").textContent = code ? `${code.slice(0, 4)}-${code.slice(4)}` : "";
  one("#code-told").textContent = code ? "" : say(`no_code.${because}`);
  one("#code-sign-in").hidden = because !== "sign-in";
}

/** @param {string} way */
function show(way) {
  one("#install").hidden = false;
  for (const part of all("[data-install]")) part.hidden = part.dataset.install !== way;
}
