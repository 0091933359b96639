import { openPhone } from "../store/open.js";
import { isFull, isSilent } from "../store/phone.js";
import "./update.js";
import { say } from "./words.js";

/** @typedef {import("../store/status.js").Status} Status */
/** @typedef {[icon: string, words: string, to?: string]} Told */

const LANGUAGE = document.documentElement.lang;
const WAITING = `/${LANGUAGE}/waiting`;
const SIGN_IN = "/sign-in";
/** @type {Told} */
const NOBODY = ["phone", say("status_nobody"), SIGN_IN];
/** What is said of entries that wait, by what stands in the way. @type {Partial<Record<Status["state"], string>>} */
const WAITS = { waiting: "status_waiting", page: "status_page", busy: "status_busy" };

/** Where one's words are, in the top bar of every page. It never says more than the phone knows. */
class TideStatus extends HTMLElement {
  async connectedCallback() {
    const phone = await openPhone().catch((error) => this.#show(untold(error)));
    if (phone === undefined) return;
    const tell = async () => this.#show(phone ? await phone.status().then(told, untold) : NOBODY);
    phone?.addEventListener("change", tell);
    addEventListener("offline", tell);
    await tell();
  }

  /** @param {Told} told */
  #show([icon, words, to]) {
    const link = /** @type {HTMLAnchorElement} */ (this.querySelector("a"));
    this.classList.toggle("waiting", icon !== "sent");
    this.querySelector("use")?.setAttribute("href", `#i-${icon}`);
    if (to) link.href = to;
    else link.removeAttribute("href");
    if (link.textContent !== words) link.textContent = words; // else it would be read out again
  }
}
customElements.define("tide-status", TideStatus);

/**
 * @param {Status} status
 * @returns {Told}
 */
function told({ state, waiting: n, attention, unreadable, clockIsOff }) {
  const here = n ? WAITING : undefined;
  if (state === "unsaved") return ["phone", say("status_unsaved"), WAITING];
  if (state === "locked") return ["lock", say("status_locked")];
  if (state === "closed") return ["phone", say("status_closed"), WAITING];
  if (state === "other-person") return ["phone", say("status_other_person"), `/${LANGUAGE}/`];
  if (attention) return ["phone", say("status_attention"), WAITING];
  if (unreadable) return ["phone", say("status_unreadable", { n: unreadable }), WAITING];
  if (state === "sign-in")
    return ["phone", say(n ? "status_sign_in_waiting" : "status_sign_in", { n }), n ? WAITING : SIGN_IN];
  if (state === "offline") return ["offline", say(n ? "status_offline_waiting" : "status_offline", { n }), here];
  if (state === "sending") return ["phone", say("status_sending"), here];
  if (state !== "sent") return ["phone", say(WAITS[state] ?? "status_not_yet", { n }), here];
  if (clockIsOff) return ["phone", say("status_clock"), WAITING];
  return ["sent", say("status_sent")];
}

/** When not even that can be read. @param {unknown} error @returns {Told} */
function untold(error) {
  return ["phone", say(isFull(error) ? "status_full" : isSilent(error) ? "status_silent" : "status_no_store")];
}
