import { all } from "../parts/come-in.js";

/** Of what the id of a draft says that it is. */
const KIND = /^draft\/(?:locked\/)?([^/#]+)/;

/**
 * The way back to what was begun and not saved, one row for each kind. Its words stay where they were written: nobody
 * reads a dark thought here without having asked for it.
 * @param {import("../../store/phone.js").Phone} phone
 */
export async function showBegun(phone) {
  const begun = await phone.allBegun();
  for (const row of /** @type {HTMLAnchorElement[]} */ (all("[data-begun]"))) {
    const id = begun.find((one) => KIND.exec(one)?.[1] === row.dataset.begun);
    row.hidden = !id;
    row.hash = id ?? "";
  }
}
