/** How long "Saved on this phone" stands before the next page comes, in ms. */
const SHOWN = 700;

/** @param {() => void} go */
export function onceRead(go) {
  setTimeout(go, SHOWN);
}
