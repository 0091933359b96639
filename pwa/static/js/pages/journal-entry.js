import "../elements/status.js";
import { Entry } from "../elements/entry.js";
import { showFaults } from "../elements/faults.js";
import { onceRead } from "../elements/saved.js";
import { say } from "../elements/words.js";
import { choose } from "./journal/both.js";
import { Writing } from "./journal/writing.js";
import { comeIn, here, one } from "./parts/come-in.js";
import { offerWords } from "./parts/offered.js";
import { begun } from "./today/now.js";

/** @typedef {import("../store/phone.js").Phone} Phone */

/** Of what the therapist offered, where one begins from that. */
const offered = /^#offer\/(.+)$/.exec(location.hash)?.[1];
/** Which of several that were begun one goes on with. */
const wished = /^#(draft\/.+)$/.exec(location.hash)?.[1];
const record = offered || wished ? "" : location.hash.slice(1);
addEventListener("hashchange", () => location.reload());

const phone = await comeIn({ adds: true });
if (phone) await open(phone);

/** @param {Phone} phone */
async function open(phone) {
  one("#dock .who").hidden = phone.locked; // added without unlocking it is for oneself alone
  const [found, { treatments, offers }] = await Promise.all([record ? phone.entry(record) : null, phone.clinic()]);
  if (record && !found) return nothingHere();
  const opening = {
    phone,
    kind: "journal",
    key: ["journal", record, offered].filter(Boolean).join("/"),
    found,
  };
  const drafted = /** @type {import("../elements/entry.js").Stand | null} */ (
    await phone.draft(opening.key, wished).get()
  );
  const undecided = found && found.heads.length > 1 && !found.attention && !drafted;
  const entry = new Entry(opening, undecided ? await choose(found, show) : drafted);
  if (offered && !entry.body.offer) entry.take({ ...entry.body, offer: offered });
  showAsked(offers, entry);
  show(true);
  attend(entry, (moment) => begun(treatments, moment).at(-1));
}

/** @param {any[]} offers @param {Entry} entry */
function showAsked(offers, { body }) {
  const offer = offers.find(({ record }) => record === body.offer);
  one("#asked").hidden = !offer;
  if (offer) one("#asked").textContent = offerWords(offer).filter(Boolean).join("\n");
}

/** @param {Entry} entry @param {(moment: Date) => any} lastAt the last treatment that had begun then */
function attend(entry, lastAt) {
  const writing = new Writing(entry, lastAt, tell);
  one("#write").addEventListener("submit", (event) => {
    event.preventDefault();
    void done(writing, entry);
  });
  if (!entry.found) return;
  one("#name").textContent = say("edit");
  showFaults(entry.found.attention);
  offerToTakeBack(writing);
}

/** @param {Writing} writing @param {Entry} entry */
async function done(writing, entry) {
  if (one("#write").inert) return; // a second tap on Done would make a second version
  if (!writing.text.trim()) return entry.found ? tell(say("nothing")) : leave(await writing.forget());
  if (!(await writing.save())) return;
  if (!entry.phone.locked) return leave();
  tell(say("saved")); // nothing else would tell: the lock's page shows no entry
  onceRead(leave);
}

/** @param {Writing} writing */
function offerToTakeBack(writing) {
  const [ask, sure] = [one("#take-back"), one("#confirm")];
  /** @param {boolean} asking */
  const turn = (asking) => {
    [ask.hidden, sure.hidden, one("#dock").hidden] = [asking, !asking, asking];
    (asking ? sure : ask).focus();
  };
  one("#back-again").hidden = false;
  ask.addEventListener("click", () => turn(true));
  one("#keep").addEventListener("click", () => turn(false));
  one("#take-back-now").addEventListener("click", async () => {
    if (await writing.takeBack()) location.assign(`${here("journal")}#taken-back`);
  });
}

/** @param {boolean} writing the editor, or the choice between two texts */
function show(writing) {
  for (const id of ["#write", "#dock"]) one(id).hidden = !writing;
  one("#both").hidden = writing;
}

function nothingHere() {
  one("#gone").hidden = false;
  for (const id of ["#write", "#dock"]) one(id).hidden = true;
}

/** @param {string} [words] */
function tell(words = "") {
  one("#told").textContent = words;
}

/** @param {unknown} [_afterwards] */
function leave(_afterwards) {
  location.assign(here("journal"));
}
