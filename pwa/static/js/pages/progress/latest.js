import { felt } from "../../elements/when.js";
import { say } from "../../elements/words.js";
import { copyOf, one, opens } from "../parts/come-in.js";

/** @typedef {import("../../store/types.js").Entry} Entry */

const AT_ONCE = 5;
let shown = AT_ONCE;

/** What was logged last, each a way to open and change it. @param {Entry[]} entries the newest first */
export function showLatest(entries) {
  const more = /** @type {HTMLButtonElement} */ (one("#more-entries"));
  one("#entries").hidden = !entries.length;
  one("#entries ul").replaceChildren(...entries.slice(0, shown).map(item));
  more.hidden = entries.length <= shown;
  more.onclick = () => {
    shown += 4 * AT_ONCE;
    showLatest(entries);
  };
}

/** @param {Entry} entry */
function item(entry) {
  const { kind, heads, waiting, attention } = entry;
  const [{ body, felt_at }] = heads;
  const item = copyOf(`entry-${kind}`);
  const link = /** @type {HTMLAnchorElement} */ (item.querySelector("a"));
  link.href = opens(entry, body);
  const [name, about] = /** @type {NodeListOf<HTMLElement>} */ (item.querySelectorAll("b, span > span"));
  const mood = body?.mood === undefined ? [] : [say("mood_was", { n: body.mood })];
  name.textContent = [say(kind === "check-in" ? "checkin" : "report"), ...mood].join(" · ");
  const where = attention ? [say("attention")] : waiting ? [say("waiting")] : [];
  about.textContent = [felt(felt_at), ...where].join(" · ");
  return item;
}
