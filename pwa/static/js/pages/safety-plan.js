import "../elements/choice.js";
import "../elements/status.js";
import { leaveSaved } from "../elements/dock.js";
import { Entry } from "../elements/entry.js";
import { attend } from "../elements/entry-form.js";
import { offerOtherHeads } from "../elements/other-heads.js";
import { typed, unasked, write } from "../elements/typed.js";
import { comeIn, one } from "./parts/come-in.js";

const form = one("#entry");
const readers = /** @type {import("../elements/answer.js").Answer} */ (form.querySelector("[name=audience]"));

const phone = await comeIn();
if (phone) await open(phone);

/** There is one plan: the newest is opened, and changed. @param {import("../store/phone.js").Phone} phone */
async function open(phone) {
  const found = (await phone.entries("safety-plan"))[0] ?? null;
  const key = ["safety-plan", found?.record].filter(Boolean).join("/");
  const entry = await Entry.open({ phone, kind: "safety-plan", key, found });
  attend(entry, { read: () => read(entry), fill, blank, saved: leaveSaved });
  offerOtherHeads(
    found,
    (body) => Object.values(words(body)).join(" "),
    (body) => (entry.take(body), fill("", body), form.dispatchEvent(new Event("answer"))),
  );
}

/** @param {Entry} entry */
const read = (entry) => ({
  day: entry.day,
  body: { ...unasked(form, entry.body), ...typed(form), audience: readers.value },
});

/** Nobody else reads it until that was chosen. @param {string} _ @param {Record<string, any>} body */
function fill(_, body) {
  readers.value = body.audience ?? "me";
  write(form, body);
}

/** @param {Record<string, any>} body */
const blank = (body) => !Object.keys(words(body)).length;

/** @param {Record<string, any>} body */
const words = ({ audience: _, ...words }) => words;
