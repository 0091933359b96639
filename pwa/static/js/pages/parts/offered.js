import { one } from "./come-in.js";

/** @type {Record<string, { title: string, text: string }>} */
const OURS = JSON.parse(one("#offered").textContent ?? "{}");

/**
 * Title, text and the therapist's own line of what was offered, each "" where there is none.
 * @param {{ offer?: string, line?: string }} offer
 */
export function offerWords({ offer = "", line = "" }) {
  const { title = "", text = "" } = OURS[offer] ?? {};
  return [title, text, line];
}
