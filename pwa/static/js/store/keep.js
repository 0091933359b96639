import * as outbox from "./outbox.js";

let asked = false;

/**
 * Asks the browser not to clear this site by itself, once a page, and only while something lies here that the clinic does
 * not have: some browsers ask the person, and nobody should have to answer that for nothing.
 * @param {string} owner
 */
export async function askToKeep(owner) {
  if (asked || !navigator.storage?.persist || !(await outbox.count(owner))) return;
  asked = true;
  if (!(await navigator.storage.persisted())) await navigator.storage.persist();
}
