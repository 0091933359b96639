import "../elements/choice.js";
import "../elements/status.js";
import { Effects } from "../elements/effects-list.js";
import { Entry, named } from "../elements/entry.js";
import { comeIn, one } from "./parts/come-in.js";
import { report } from "./parts/report.js";

const effects = /** @type {Effects} */ (one("tide-effects"));

const phone = await comeIn({ adds: true });
if (phone) await open(phone);

/** Something in the body, at any time; the fragment may name a report to edit. @param {import("../store/phone.js").Phone} phone */
async function open(phone) {
  const record = named();
  const found = record ? await phone.entry(record) : null;
  const entry = await Entry.open({
    phone,
    kind: "effects",
    key: found ? `body/${record}` : "body",
    found,
  });
  effects.offer((await phone.clinic()).card?.asked);
  one("#gone").hidden = !record || found !== null;
  await report(phone, entry, () => ({}));
}
