import "../elements/status.js";
import { door } from "../store/door.js";
import { offerInstall, wireCode } from "./more/install.js";
import { wireKept } from "./more/kept.js";
import { wireLeaving } from "./more/leaving.js";
import { wireLock } from "./more/lock.js";
import { wireReminders } from "./more/reminders.js";
import { all, comeIn, one } from "./parts/come-in.js";

offerInstall();
const kept = await door.get();
for (const name of /** @type {const} */ (["theme", "text"])) {
  for (const radio of /** @type {HTMLInputElement[]} */ (all(`[name=${name}]`))) {
    radio.checked = radio.value === kept[name];
    radio.addEventListener("change", () => door.set({ [name]: radio.value }));
  }
}
for (const link of all("[data-language]")) link.addEventListener("click", (event) => speak(event, link));

const phone = await comeIn({ unread: true });
if (phone) {
  wireKept(phone, kept.remember);
  wireReminders(phone);
  wireCode(phone);
  wireLeaving(phone);
  await wireLock(phone);
}

/** Remembered first, so that the next page speaks it too, and tells our server. @param {Event} event @param {HTMLElement} link */
async function speak(event, link) {
  event.preventDefault();
  const language = /** @type {"en" | "fr"} */ (link.dataset.language);
  await door.set({ language, untold: language });
  location.assign(/** @type {HTMLAnchorElement} */ (link).href);
}

one("#language").setAttribute("data-ready", "");
