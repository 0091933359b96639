import { all } from "../parts/come-in.js";

/**
 * The way back to what was begun and not saved, one row for each kind. Its words stay where they were written: nobody
 * reads a dark thought here without having asked for it.
 * @param {import("../../store/phone.js").Phone} phone
 */
export async function showBegun(phone) {
  const begun = await phone.begun();
  for (const row of /** @type {HTMLAnchorElement[]} */ (all("[data-begun]"))) {
    const id = begun.find(({ key }) => key.split("/")[0] === row.dataset.begun)?.id;
    row.hidden = !id;
    row.hash = id ?? "";
  }
}
