const ANSWER_TIME = 30_000;
/** Characters that a browser still sends when the page is left meanwhile. */
const OUTLIVES = 15_000;
/** Milliseconds to wait for another tab's turn before going without it: receipts keep us right, not the lock. */
const TURN = 10_000;

/** @typedef {(body: string) => Promise<import("./answer.js").Answer>} Post */

/**
 * @param {string} body
 * @returns {Promise<import("./answer.js").Answer>} null if none came, or not all of it
 */
export async function postSync(body) {
  try {
    const answer = await fetch("/sync", {
      method: "POST",
      body,
      headers: { "Content-Type": "application/json", "X-Tidelog": "1" },
      redirect: "error",
      cache: "no-store",
      keepalive: body.length < OUTLIVES,
      signal: AbortSignal.timeout(ANSWER_TIME),
    });
    const isJson = answer.headers.get("Content-Type")?.startsWith("application/json");
    const retryAfter = answer.headers.get("Retry-After");
    return { status: answer.status, retryAfter, json: isJson ? await answer.json() : null };
  } catch {
    return null;
  }
}

/**
 * One after the other over all tabs and the worker, as far as that can be had.
 * @param {string} name
 * @param {() => Promise<void>} work
 */
export async function inTurn(name, work) {
  if (!navigator.locks) return work();
  try {
    await navigator.locks.request(name, { signal: AbortSignal.timeout(TURN) }, work);
  } catch (error) {
    if (!(error instanceof DOMException) || error.name !== "TimeoutError") throw error;
    await work();
  }
}
