import { openPhone } from "../store/phone.js";
import "./update.js";
import { say } from "./words.js";

/** @typedef {import("../store/status.js").Status} Status */

const LANGUAGE = document.documentElement.lang;
const WAITING = `/${LANGUAGE}/waiting`;
const SIGN_IN = "/sign-in";

/** Where one's words are, in the top bar of every page. It never says more than the phone knows. */
class TideStatus extends HTMLElement {
  async connectedCallback() {
    const phone = await openPhone().catch(() => undefined);
    if (phone === undefined) return this.#show(["phone", say("status_no_store")]);
    const tell = async () => this.#show(phone ? told(await phone.status()) : ["phone", say("status_nobody"), SIGN_IN]);
    phone?.addEventListener("change", tell);
    addEventListener("offline", tell);
    await tell();
  }

  /** @param {[icon: string, words: string, to?: string]} told */
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
 * @returns {[icon: string, words: string, to?: string]}
 */
function told({ state, waiting: n, attention }) {
  const here = n ? WAITING : undefined;
  if (state === "full") return ["phone", say("status_full"), WAITING];
  if (state === "other-person") return ["phone", say("status_other_person"), `/${LANGUAGE}/`];
  if (attention) return ["phone", say("status_attention"), WAITING];
  if (state === "sign-in") return ["phone", say(n ? "status_sign_in_waiting" : "status_sign_in", { n }), SIGN_IN];
  if (state === "offline") return ["offline", say(n ? "status_offline_waiting" : "status_offline", { n }), here];
  if (state === "sending") return ["phone", say("status_sending"), here];
  if (state === "waiting") return ["phone", say("status_waiting", { n }), here];
  return ["sent", say("status_sent")];
}
