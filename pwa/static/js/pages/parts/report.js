import { Effects } from "../../elements/effects-list.js";
import { leave, leaveSaved } from "../../elements/dock.js";
import { attend } from "../../elements/entry-form.js";
import { clinicPhone, region, showRegion } from "../../elements/region.js";
import { Stages } from "../../elements/stages.js";
import { typed, unasked, write } from "../../elements/typed.js";
import { one } from "./come-in.js";

/**
 * The form of an effects report, after a session or between sessions.
 * @param {import("../../store/phone.js").Phone} phone
 * @param {import("../../elements/entry.js").Entry} entry
 * @param {{ treatment?: string, window?: string }} about
 */
export async function report(phone, entry, about) {
  const form = one("#entry");
  const effects = /** @type {Effects} */ (form.querySelector("tide-effects"));
  const other = /** @type {import("../../elements/answer.js").Answer} */ (form.querySelector("[name=other_severity]"));
  const { card } = await phone.clinic();
  await offerTheClinic(card);
  attend(entry, { read, fill, blank, saved: leaveSaved });
  const shown = await region(card);
  showRegion(document, shown);
  form.addEventListener("answer", () => showRegion(form, shown));
  if (document.documentElement.dataset.mode === "after") {
    for (const more of /** @type {NodeListOf<HTMLDetailsElement>} */ (form.querySelectorAll("details.more")))
      more.open = true;
    new Stages(form, leave);
  }

  function read() {
    const severity = other.value === null ? {} : { other_severity: Number(other.value) };
    const said = { effects: effects.value, ...severity, ...typed(form) };
    return { day: entry.day, body: { ...unasked(form, entry.body), ...about, ...said } };
  }

  /** @param {string} _ @param {Record<string, any>} body */
  function fill(_, body) {
    effects.value = body.effects ?? [];
    other.value = body.other_severity?.toString();
    write(form, body);
  }

  /** @param {Record<string, any>} body */
  function blank(body) {
    return !body.effects.length && !Object.keys(typed(form)).length;
  }
}

/** Where no number is known, the words alone stand. @param {Record<string, any> | null} card */
async function offerTheClinic(card) {
  const number = await clinicPhone(card);
  const link = /** @type {HTMLAnchorElement} */ (one("[data-severe] a"));
  link.hidden = !number;
  link.href = `tel:${number}`;
}
