import "../elements/status.js";
import { capital, clock, dayOf, nearDay } from "../elements/when.js";
import { say } from "../elements/words.js";
import { all, comeIn, copyOf, keepDrawn, one, opens } from "./parts/come-in.js";
import { wireClosed } from "./waiting/closed.js";

/** @typedef {Awaited<ReturnType<import("../store/phone.js").Phone["waiting"]>>[number]} Waiting */

const phone = await comeIn({ unread: true });
if (phone) {
  one("#send").addEventListener("click", () => send(phone));
  wireClosed(phone);
  await keepDrawn(phone, () => draw(phone));
}

/** @param {import("../store/phone.js").Phone} phone */
async function draw(phone) {
  const [rows, status] = await Promise.all([phone.waiting(), phone.status()]);
  const { waiting, unreadable } = status;
  const what = whatOf(status);
  for (const heading of all("#heading > div")) heading.hidden = heading.dataset.state !== what;
  one("#sign-in").hidden = what !== "sign-in" || !waiting;
  one("#closed").hidden = what !== "closed";
  one("#safe-h").textContent = say("safe", { n: waiting });
  one("#waits").hidden = !rows.length;
  one("#waits-h").textContent = what === "sign-in" || !waiting ? say("list") : say("waits", { n: waiting });
  one("#waits .waitlist").replaceChildren(...(await Promise.all(rows.toReversed().map((row) => item(phone, row)))));
  one("#not-yet").hidden = !waiting;
  one("#unreadable").hidden = !unreadable;
  one("#unreadable-h").textContent = say("unreadable", { n: unreadable });
}

/** @param {import("../store/status.js").Status} status */
function whatOf({ state, waiting, attention, unreadable, clockIsOff }) {
  if (!["sent", "sending", "waiting"].includes(state)) return state;
  const first = { attention, waiting, unreadable, clock: clockIsOff };
  return Object.entries(first).find(([, is]) => is)?.[0] ?? "sent";
}

/** @param {import("../store/phone.js").Phone} phone @param {Waiting} waiting */
async function item(phone, { record, kind, written_at, attention }) {
  const named = `${attention ? "attention" : "waits"}-${kind}`;
  if (!document.getElementById(named)) return strange(written_at);
  const item = copyOf(named);
  const [when, why] = /** @type {NodeListOf<HTMLElement>} */ (item.querySelectorAll("span > span, .why"));
  when.textContent = moment(written_at);
  if (attention) {
    const entry = await phone.entry(record);
    /** @type {HTMLAnchorElement} */ (item.querySelector("a")).href = opens({ record, kind }, entry?.heads[0].body);
    why.append(...attention.filter(({ message }) => message).map(({ message }) => reason(message ?? "")));
  }
  return item;
}

/** Of a kind that another phone's newer app knows: nothing here could open it. @param {string} written_at */
function strange(written_at) {
  const item = copyOf("strange");
  /** @type {HTMLElement} */ (item.querySelector("span > span")).textContent = moment(written_at);
  return item;
}

/** @param {string} iso */
function moment(iso) {
  return `${capital(nearDay(dayOf(iso)))}, ${clock(iso)}`;
}

/** @param {string} words */
function reason(words) {
  return Object.assign(document.createElement("li"), { textContent: words });
}

/** @param {import("../store/phone.js").Phone} phone */
async function send(phone) {
  one("#told").textContent = say("trying");
  await phone.sendNow();
  const { waiting } = await phone.status();
  one("#told").textContent = say(waiting ? "still" : "gone");
}
