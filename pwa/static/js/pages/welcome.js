import "../elements/status.js";
import { showNumbers } from "../elements/numbers.js";
import { coverWords } from "../elements/cover.js";
import { nextRead } from "../elements/reading.js";
import { capital, clock, longDay } from "../elements/when.js";
import { say } from "../elements/words.js";
import { localIso } from "../store/days.js";
import { door } from "../store/door.js";
import { comeIn, here, keepDrawn, one } from "./parts/come-in.js";

const phone = await comeIn({ unread: true });
if (phone) {
  one("#read").addEventListener("click", async () => {
    await door.set({ welcomed: phone.owner });
    location.replace(here(""));
  });
  await showNumbers(phone);
  await keepDrawn(phone, () => draw(phone));
}

/** @param {import("../store/phone.js").Phone} phone */
async function draw(phone) {
  const { card } = await phone.clinic();
  one("#reads").textContent = nextWords(card) ?? coverWords(card) ?? "";
}

/** @param {any} card of the clinic */
function nextWords(card) {
  const next = nextRead(card);
  if (!next) return null;
  const at = localIso(next);
  return say("reads", { clinic: capital(card.name), day: longDay(at.slice(0, 10)), time: clock(at) });
}
