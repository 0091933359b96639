import { door } from "../store/door.js";

/**
 * Whom to call: shows the numbers of the person's region, or else of the clinic's, and the clinic's own number, now and
 * whenever they or an answer change. Where none is known, the words alone stand.
 * @param {import("../store/phone.js").Phone} phone
 */
export async function showNumbers(phone) {
  let region = "elsewhere";
  const look = async () => {
    const [{ card }, known] = await Promise.all([phone.clinic(), door.get()]);
    region = known.region ?? card?.region ?? region;
    showRegion(region);
    showClinic(known.clinic_phone ?? card?.phone);
  };
  phone.addEventListener("change", look);
  document.addEventListener("answer", () => showRegion(region));
  await look();
}

/**
 * Shows what belongs to one region and hides what belongs to others; one that is not offered is "elsewhere".
 * @param {string} region
 */
function showRegion(region) {
  const parts = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("[data-region]")]);
  const known = parts.some((part) => part.dataset.region === region) ? region : "elsewhere";
  for (const part of parts) part.hidden = part.dataset.region !== known;
}

/** @param {string | undefined} number */
function showClinic(number) {
  for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll("a[data-clinic]"))) {
    link.hidden = !number;
    link.href = `tel:${number}`;
  }
}
