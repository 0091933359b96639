import "../elements/status.js";
import { capital, clock, dayOf, nearDay } from "../elements/when.js";
import { say } from "../elements/words.js";
import { grouped } from "./journal/groups.js";
import { comeIn, copyOf, keepDrawn, one } from "./parts/come-in.js";

/** @typedef {import("../store/types.js").Entry} Entry */

const AT_ONCE = 40;
let shown = AT_ONCE;

const phone = await comeIn();
if (location.hash === "#taken-back") one("#taken-back").textContent = say("taken_back");
if (phone) {
  one("#earlier").addEventListener("click", () => {
    shown += AT_ONCE;
    void draw(phone);
  });
  await keepDrawn(phone, () => draw(phone));
}

/** @param {import("../store/phone.js").Phone} phone */
async function draw(phone) {
  const [entries, { treatments }, begun] = await Promise.all([
    phone.entries("journal"),
    phone.clinic(),
    phone.draft("journal").get(),
  ]);
  one("#list").replaceChildren(...grouped(entries.slice(0, shown), treatments).map(section));
  one("#empty").hidden = entries.length > 0;
  one("#earlier").hidden = entries.length <= shown;
  one("#unfinished").hidden = !begun;
}

/** @param {{ title: string, entries: Entry[] }} group */
function section({ title, entries }) {
  const section = copyOf("group");
  const [head, list] = section.children;
  head.textContent = title;
  if (!title) head.remove();
  list.append(...entries.map(item));
  return section;
}

/** @param {Entry} entry */
function item(entry) {
  const { body, felt_at } = entry.heads[0];
  const item = copyOf("entry");
  const link = /** @type {HTMLAnchorElement} */ (item.querySelector("a"));
  const [when, text, foot] = link.children;
  link.hash = entry.record;
  when.textContent = `${capital(nearDay(dayOf(felt_at)))}, ${clock(felt_at)}`;
  text.textContent = body?.text;
  foot.append(...badgesOf(entry).map((name) => copyOf(`badge-${name}`)));
  return item;
}

/** @param {Entry} entry */
function badgesOf({ audience = "me", heads, waiting, attention }) {
  const where = attention ? ["attention"] : waiting ? ["waiting"] : [];
  return [...(heads.length > 1 && !attention ? ["two"] : []), audience, ...where];
}
