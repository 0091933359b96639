import { capital, clock, dayOf, nearDay } from "../../elements/when.js";
import { saveFile } from "../../elements/save-file.js";
import { say } from "../../elements/words.js";
import { door } from "../../store/door.js";
import { keepDrawn, one } from "../parts/come-in.js";

/** @typedef {import("../../store/phone.js").Phone} Phone */

const KINDS = ["check-in", "effects", "journal", "home-dose", "call", "safety-plan", "goal-said"];

/** What lies on this phone, and what one can do about it. @param {Phone} phone @param {boolean} remembers */
export function wireKept(phone, remembers) {
  const remember = /** @type {HTMLInputElement} */ (one("#remember"));
  remember.checked = remembers;
  remember.addEventListener("change", () => door.set({ remember: remember.checked }));
  one("#send").addEventListener("click", () => send(phone));
  one("#save-all").addEventListener("click", () => saveFile(phone));
  void keepDrawn(phone, () => draw(phone));
}

/** @param {Phone} phone */
async function draw(phone) {
  const [{ waiting, attention }, drafts, ...kinds] = await Promise.all([
    phone.status(),
    phone.drafts(),
    ...KINDS.map((kind) => phone.entries(kind)),
  ]);
  const sent = kinds.flat().filter((entry) => !entry.waiting);
  const newest = sent.map(({ heads: [{ written_at }] }) => written_at).sort((a, b) => Date.parse(b) - Date.parse(a))[0];
  const counts = { waiting, attention, drafts, sent: sent.length };
  for (const [id, n] of Object.entries(counts)) one(`#${id}`).textContent = String(n);
  one("#last").textContent = newest ? near(newest) : say("never");
  one("#attention-row").hidden = !attention;
}

/** @param {Phone} phone */
async function send(phone) {
  one("#told").textContent = say("trying");
  await phone.sendNow();
  const { waiting } = await phone.status();
  one("#told").textContent = say(waiting ? "still" : "gone");
}

/** @param {string} iso */
function near(iso) {
  return `${capital(nearDay(dayOf(iso)))}, ${clock(iso)}`;
}
