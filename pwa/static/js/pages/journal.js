import "../elements/status.js";
import { felt } from "../elements/when.js";
import { say } from "../elements/words.js";
import { grouped } from "./journal/groups.js";
import { readWords } from "./journal/read.js";
import { comeIn, copyOf, keepDrawn, one } from "./parts/come-in.js";

/** @typedef {import("../store/types.js").Entry} Entry */
/** @typedef {Record<string, import("../store/entries.js").Seen>} Seen */

const AT_ONCE = 40;
/** Characters of what was begun, so that one knows it again. */
const FIRST = 80;
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
  const [entries, { treatments, seen }, begun] = await Promise.all([
    phone.entries("journal"),
    phone.clinic(),
    phone.begun("journal"),
  ]);
  one("#list").replaceChildren(...grouped(entries.slice(0, shown), treatments).map((group) => section(group, seen)));
  one("#empty").hidden = entries.length > 0;
  one("#earlier").hidden = entries.length <= shown;
  one("#unfinished").replaceChildren(...begun.map(goOn));
}

/** @param {{ id: string, typed: Record<string, any> }} draft */
function goOn({ id, typed }) {
  const card = copyOf("begun");
  /** @type {HTMLAnchorElement} */ (card).hash = id;
  /** @type {HTMLElement} */ (card.querySelector("b + span")).textContent = typed.body.text.slice(0, FIRST);
  return card;
}

/** @param {{ title: string, entries: Entry[] }} group @param {Seen} seen */
function section({ title, entries }, seen) {
  const section = copyOf("group");
  const [head, list] = section.children;
  head.textContent = title;
  if (!title) head.remove();
  list.append(...entries.map((entry) => item(entry, seen)));
  return section;
}

/** @param {Entry} entry @param {Seen} seen */
function item(entry, seen) {
  const { body, felt_at } = entry.heads[0];
  const item = copyOf("entry");
  const link = /** @type {HTMLAnchorElement} */ (item.querySelector("a"));
  const [when, text, foot] = link.children;
  link.hash = entry.record;
  when.textContent = felt(felt_at);
  text.textContent = body?.text;
  foot.append(...badgesOf(entry).map((name) => copyOf(`badge-${name}`)));
  const words = readWords(entry, seen);
  if (words) foot.append(readBadge(words));
  return item;
}

/** @param {string} words */
function readBadge(words) {
  const badge = copyOf("badge-read");
  badge.append(words);
  return badge;
}

/** @param {Entry} entry */
function badgesOf({ audience = "me", heads, waiting, attention }) {
  const where = attention ? ["attention"] : waiting ? ["waiting"] : [];
  return [...(heads.length > 1 && !attention ? ["two"] : []), audience, ...where];
}
