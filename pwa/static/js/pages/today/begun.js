import { all } from "../parts/come-in.js";

/** Of what, and of which entry or session; the numbers behind them tell several apart. */
const ID = /^draft\/(?:locked\/)?([^/#]+)\/?([^#]*)/;

/**
 * The way back to what was begun and not saved, one row for each kind. Its words stay where they were written: nobody
 * reads a dark thought here without having asked for it.
 * @param {import("../../store/phone.js").Phone} phone
 * @param {{ record: string }[]} offers
 */
export async function showBegun(phone, offers) {
  const begun = await phone.allBegun();
  for (const row of /** @type {HTMLAnchorElement[]} */ (all("[data-begun]"))) {
    const id = begun.find((one) => ID.exec(one)?.[1] === row.dataset.begun);
    row.hidden = !id;
    if (!id) continue;
    const about = ID.exec(id)?.[2] ?? "";
    const isOffered = offers.some(({ record }) => record === about);
    row.hash = isOffered ? `offer/${about}` : about || (row.dataset.begun === "journal" ? id : "");
  }
}
