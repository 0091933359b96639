import { offerWords } from "../../elements/words.js";
import { today } from "../../store/days.js";
import { copyOf, here, one } from "../parts/come-in.js";

/** @typedef {import("../../store/phone.js").Phone} Phone */
/** @typedef {{ record: string, until: string, offer?: string, line?: string }} Offer */

/**
 * What the therapist offers for these days, until it is put aside.
 * @param {Phone} phone
 * @param {Offer[]} offers
 * @param {import("../../store/types.js").Entry[]} asides
 */
export function showOffers(phone, offers, asides) {
  const put = new Set(asides.map(({ heads: [{ body }] }) => body?.offer));
  const standing = offers.filter(({ record, until }) => until >= today() && !put.has(record));
  const place = one("#offers");
  const what = JSON.stringify(standing);
  if (place.dataset.what === what) return; // drawn anew, a focus would be lost
  place.dataset.what = what;
  place.hidden = !standing.length;
  place.replaceChildren(...standing.map((offer) => card(phone, offer)));
}

/** @param {Phone} phone @param {Offer} offer */
function card(phone, offer) {
  const card = copyOf("offer");
  const [title, text, line] = offerWords(offer);
  const [, heading, ours, theirs] = /** @type {HTMLElement[]} */ ([...card.children]);
  heading.textContent = title || line;
  ours.textContent = text;
  theirs.textContent = title && line;
  for (const part of [ours, theirs]) part.hidden = !part.textContent;
  /** @type {HTMLAnchorElement} */ (card.querySelector("a")).href = `${here("journal/entry")}#offer/${offer.record}`;
  card.querySelector("button")?.addEventListener("click", () => aside(phone, offer));
  return card;
}

/** @param {Phone} phone @param {Offer} offer */
async function aside(phone, { record }) {
  await phone.save({ kind: "aside", day: today(), body: { offer: record } });
  one("#main").focus();
}
