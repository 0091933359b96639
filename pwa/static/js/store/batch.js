/** How many versions go in one call; the server takes more. */
export const MOST = 100;
const CHARACTERS = 300_000;

/** As many from the front as fit one call, and always one. @param {import("./vault.js").Opened[]} opened @param {number} size */
export function batchOf(opened, size) {
  let room = CHARACTERS;
  return opened.slice(0, size).filter(({ text }, place) => (room -= text.length) >= 0 || place === 0);
}
