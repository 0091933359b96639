// A window for tests, to be imported before what listens to it.
const window = new EventTarget();
globalThis.addEventListener = window.addEventListener.bind(window);

/** As when every page that was opened so far is left. */
export async function leavePages() {
  window.dispatchEvent(new Event("pagehide"));
  await new Promise(setImmediate);
}
