import { door } from "../store/door.js";

/**
 * The region whose numbers are shown: what the person chose, else what the clinic's card says, else none.
 * @param {{ region?: string } | null} [card]
 */
export async function region(card) {
  return (await door.get()).region ?? card?.region ?? "elsewhere";
}

/**
 * The clinic's number, if this phone knows it.
 * @param {{ phone?: string } | null} [card]
 */
export async function clinicPhone(card) {
  return (await door.get()).clinic_phone ?? card?.phone ?? null;
}

/**
 * Shows what belongs to one region and hides what belongs to others; a region that is not offered is "elsewhere".
 * @param {ParentNode} root
 * @param {string} id
 */
export function showRegion(root, id) {
  const parts = /** @type {HTMLElement[]} */ ([...root.querySelectorAll("[data-region]")]);
  const known = parts.some((part) => part.dataset.region === id) ? id : "elsewhere";
  for (const part of parts) part.hidden = part.dataset.region !== known;
}
