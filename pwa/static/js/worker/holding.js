// An unlocked data key on its way from page to page, in memory alone: it is gone when the worker is stopped.

/** @typedef {{ owner: string, data: import("../store/keys.js").DataKey, until: number }} Held */

/** @type {Held | null} */
let held = null;
let timer = 0;

/** What pages ask with store/handover.js. @param {any} asked @param {MessagePort} [port] */
export function hear(asked, port) {
  if (asked?.hold) hold(asked.hold);
  if (asked?.forget) forget();
  if (asked?.take) port?.postMessage(take(asked.take));
  else port?.postMessage("held");
}

/** @param {Held} wanted */
function hold(wanted) {
  held = wanted;
  clearTimeout(timer);
  timer = setTimeout(forget, wanted.until - Date.now());
}

/** Another owner's asking ends it as well. @param {string} owner */
function take(owner) {
  if (held && (held.owner !== owner || held.until <= Date.now())) forget();
  return held?.data ?? null;
}

function forget() {
  held = null;
  clearTimeout(timer);
}
