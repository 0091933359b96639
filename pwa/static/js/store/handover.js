// Pages are documents apart, so an unlocked key crosses from one to the next through the worker's memory, never the disk.

/** @typedef {import("./keys.js").DataKey} DataKey */

/** How long the next page may take to ask, in ms, whatever the time of no use. */
const CROSSING = 10_000;
const ANSWER_TIME = 3000;

/** @returns {Promise<ServiceWorkerRegistration | undefined>} what holds a key; undefined: this browser cannot */
export async function keeper() {
  return globalThis.navigator?.serviceWorker?.getRegistration();
}

/**
 * Comes back when the worker has it. False: there is none that could.
 * @param {string} owner
 * @param {DataKey} data
 * @param {number} idle milliseconds of no use after which it is forgotten
 */
export async function handOver(owner, data, idle) {
  return (await ask(holding(owner, data, idle))) === "held";
}

/** The same while a page goes, when there is no time for an answer. @param {ServiceWorkerRegistration} worker @param {Parameters<typeof holding>} what */
export function throwOver(worker, ...what) {
  worker.active?.postMessage(holding(...what));
}

/** @param {string} owner @param {string} name of the data key that is meant @returns {Promise<DataKey | null>} */
export async function takeOver(owner, name) {
  const data = await ask({ take: owner });
  return data?.name === name ? data : null;
}

/** The worker has it no longer. */
export async function forgetKey() {
  await ask({ forget: true });
}

/** @param {string} owner @param {DataKey} data @param {number} idle */
function holding(owner, data, idle) {
  return { hold: { owner, data, until: Date.now() + Math.max(idle, CROSSING) } };
}

/** @param {object} question @returns {Promise<any>} null if there is no worker, or it does not answer */
async function ask(question) {
  const worker = (await keeper())?.active;
  if (!worker) return null;
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(null), ANSWER_TIME);
    port1.onmessage = ({ data }) => (clearTimeout(timer), port1.close(), resolve(data));
    worker.postMessage(question, [port2]);
  });
}
