import { capital, clock, dayOf, nearDay } from "../../elements/when.js";
import { say } from "../../elements/words.js";
import { copyOf, one } from "../parts/come-in.js";

/** @typedef {import("../../store/types.js").Entry} Entry */
/** @typedef {import("../../store/types.js").Standing} Standing */

/**
 * Shows two whole texts until the patient takes one or joins them. What comes of it stands on both, and keeps the
 * narrower readers until the patient says otherwise in the editor.
 * @param {Entry} found
 * @param {(writing: boolean) => void} show
 * @returns {Promise<import("../../elements/entry.js").Stand>}
 */
export function choose(found, show) {
  show(false);
  const { promise, resolve } = withResolvers();
  const joined = found.heads.toReversed().map(({ body }) => body?.text);
  const items = found.heads.map((head) => item(head, () => resolve(standOn(found, head, head.body?.text))));
  one("#both ol").replaceChildren(...items);
  one("#join").addEventListener("click", () => resolve(standOn(found, found.heads[0], joined.join("\n\n"))));
  return promise;
}

/** @returns {{ promise: Promise<any>, resolve: (value: any) => void }} */
function withResolvers() {
  /** @type {(value: any) => void} */
  let resolve = () => {};
  const promise = new Promise((done) => (resolve = done));
  return { promise, resolve };
}

/** @param {Entry} found @param {Standing} head @param {string} text */
function standOn({ record, parents, audience }, { day, felt_at, body }, text) {
  return { record, parents, day, felt_at, body: { ...body, text, audience } };
}

/** @param {Standing} head @param {() => void} take */
function item({ body, written_at }, take) {
  const item = copyOf("one-head");
  const [when, text, foot, button] = item.children;
  when.textContent = `${capital(nearDay(dayOf(written_at)))}, ${clock(written_at)}`;
  text.textContent = body?.text;
  foot.textContent = say(`readers_${body?.audience}`);
  button.addEventListener("click", take);
  return item;
}
