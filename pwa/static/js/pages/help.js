import { say } from "../elements/words.js";
import { openPhone } from "../store/open.js";
import { door } from "../store/door.js";
import { offerCall } from "./parts/call.js";
import { all, offerPlan, one } from "./parts/come-in.js";

// whoever looked for help and never signed in finds it without a network too
addEventListener("load", () => navigator.serviceWorker?.register("/sw.js", { updateViaCache: "none" }));
const kept = await door.get();
pick(kept.region);
goBack();
showClinic({ name: kept.clinic_name, phone: kept.clinic_phone });
openPhone().then(async (phone) => {
  const card = (await phone?.clinic())?.card;
  if (card) showClinic({ name: card.name, phone: card.phone });
  if (!phone) return;
  if (phone.locked) return offerPlan(phone);
  one("#plan").hidden = false; // also to whoever has not written one yet
  await offerCall(phone); // while it is locked nothing could be said of what became of it
});

/** Every place is listed until one is chosen; a place is never guessed. @param {string | null} region */
function pick(region) {
  const select = /** @type {HTMLSelectElement} */ (one("#region"));
  one("#pick").hidden = false;
  select.value = region ?? "";
  if (select.selectedIndex < 0) select.value = "elsewhere";
  show(select.value);
  select.addEventListener("change", async () => {
    show(select.value);
    await door.set({ region: select.value || null });
  });
}

/** @param {string} region */
function show(region) {
  for (const part of all("[data-region]")) part.hidden = region !== "" && part.dataset.region !== region;
  one("h1").textContent = say(region === "elsewhere" ? "lead_elsewhere" : "lead"); // no line is known there
  one("#lines").classList.toggle("one", region !== "");
}

/** Its hours stand where it is asked to call. @param {{ name: string | null, phone: string | null }} clinic */
function showClinic({ name, phone }) {
  one("#clinic").hidden = !phone;
  if (!phone) return;
  /** @type {HTMLAnchorElement} */ (one("#clinic a")).href = `tel:${phone}`;
  one("#clinic .tel").textContent = spoken(phone);
  if (name) one("#clinic-name").textContent = name;
}

/** +14165550142 as one reads it: 416-555-0142. @param {string} phone */
function spoken(phone) {
  return phone.replace(/^\+1(\d{3})(\d{3})(\d{4})$/, "$1-$2-$3");
}

/** Back to where one came from, inside the app. */
function goBack() {
  if (!document.referrer.startsWith(location.origin)) return;
  one("#back").addEventListener("click", (event) => {
    event.preventDefault();
    history.back();
  });
}
