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
      redirect: "manual", // where it leads is not asked for, only that it leads elsewhere
      cache: "no-store",
      keepalive: body.length < OUTLIVES,
      signal: AbortSignal.timeout(ANSWER_TIME),
    });
    const { status, headers } = answer;
    const isPage = answer.type === "opaqueredirect" || /^text\/html/.test(headers.get("Content-Type") ?? "");
    return { status, isPage, wait: waitAsked(headers), json: isPage ? null : read(await answer.text()) };
  } catch {
    return null;
  }
}

/**
 * Milliseconds that the server asks to wait, said in seconds or as a moment by its own clock; 0 if it asks for none.
 * @param {Headers} headers
 */
function waitAsked(headers) {
  const [asked, now] = [headers.get("Retry-After") ?? "", headers.get("Date")];
  const milliseconds = /^\d+$/.test(asked)
    ? Number(asked) * 1000
    : Date.parse(asked) - (now ? Date.parse(now) : Date.now());
  return Math.max(0, milliseconds) || 0;
}

/** What the text says as JSON, or null. @param {string} text */
function read(text) {
  try {
    return JSON.parse(text);
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
