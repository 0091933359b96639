import { backOff, judge } from "./answer.js";
import { Copies } from "./copies.js";
import { newId } from "./ids.js";
import * as mirror from "./mirror.js";
import * as outbox from "./outbox.js";

/** @typedef {import("./copies.js").Opened} Written */
/** @typedef {"offline" | "sign-in" | "other-person" | "later"} Trouble */

/** @typedef {(body: string) => Promise<import("./answer.js").Answer>} Post */

/** What goes in one call; the server takes more. */
const VERSIONS = 100;
const CHARACTERS = 300_000;
const ANSWER_TIME = 30_000;
/** Milliseconds to wait for another tab's turn before going without it: receipts keep us right, not the lock. */
const TURN = 10_000;

/** Sends what waits and fetches what is new, call after call, until both are done or something stands in the way. */
export class Sender {
  /** @type {Trouble | null} why the last run stopped early */
  trouble = null;
  /** no run begins by itself before this moment, in milliseconds */
  notBefore = 0;
  /** @type {Promise<void> | null} */
  running = null;
  #failures = 0;
  #again = false;

  /**
   * @param {Copies} copies
   * @param {string} device
   * @param {() => void} changed called after every call that changed a store
   * @param {Post} post
   */
  constructor(copies, device, changed = () => {}, post = postSync) {
    this.copies = copies;
    this.owner = copies.owner;
    this.device = device;
    this.changed = changed;
    this.post = post;
  }

  /** Tries now. A run under way goes round once more. */
  sync() {
    this.#again = true;
    this.running ??= this.#runs().finally(() => (this.running = null));
    return this.running;
  }

  async #runs() {
    while (this.#again) {
      this.#again = false;
      await inTurn(`tidelog-sync-${this.owner}`, () => this.#run());
    }
    this.running = null;
    this.changed();
  }

  async #run() {
    let size = VERSIONS;
    let restarts = 0;
    for (;;) {
      const batch = fitting(await this.copies.sendable(), size);
      const state = await this.copies.state();
      const asked = { batch: newId(), owner: this.owner, ids: batch.map(({ id }) => id) };
      const step = judge(asked, await this.post(await this.#question(asked.batch, batch, state)));
      if (step.do === "stop") return this.#stop(step.because, step.wait);
      if (step.do === "halve") size = Math.floor(batch.length / 2);
      else if (step.do === "hold") await outbox.hold(this.owner, step.id, [{ field: "", code: "too-large" }]);
      else {
        const { page, receipts } = step;
        await this.copies.settle(receipts, batch, state.epoch ?? page.epoch);
        const moved = await this.copies.turnPage(page, state.epoch);
        this.changed();
        if (moved === "restarted" && ++restarts > 1) return this.#stop("later");
        const left =
          (await this.copies.sendable()).length > 0 || moved === "restarted" || (moved === "on" && page.more);
        if (!left) return this.#done();
        if (!receipts.length && !moved) return this.#stop("later");
      }
    }
  }

  /**
   * @param {string} batch
   * @param {Written[]} written
   * @param {mirror.State} state
   */
  async #question(batch, written, { cursor, epoch }) {
    const waiting = await outbox.count(this.owner);
    const versions = written.map(({ text }) => text);
    return JSON.stringify({
      batch,
      owner: this.owner,
      device: this.device,
      epoch: epoch ?? 0,
      cursor,
      waiting,
      versions,
    });
  }

  #done() {
    this.trouble = null;
    this.#failures = this.notBefore = 0;
  }

  /**
   * @param {Trouble} because
   * @param {number} [asked]
   */
  #stop(because, asked) {
    this.trouble = because;
    this.notBefore = Date.now() + backOff(++this.#failures, asked);
    this.#again = false;
  }
}

/**
 * As many from the front as fit one call, and always one.
 * @param {Written[]} written
 * @param {number} size
 */
function fitting(written, size) {
  let room = CHARACTERS;
  return written.slice(0, size).filter(({ text }, place) => (room -= text.length) >= 0 || place === 0);
}

/**
 * @param {string} body
 * @returns {Promise<import("./answer.js").Answer>} null if none came, or not all of it
 */
async function postSync(body) {
  try {
    const answer = await fetch("/sync", {
      method: "POST",
      body,
      headers: { "Content-Type": "application/json", "X-Tidelog": "1" },
      redirect: "error",
      cache: "no-store",
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
 * @param {string} name
 * @param {() => Promise<void>} work
 */
async function inTurn(name, work) {
  if (!navigator.locks) return work();
  try {
    await navigator.locks.request(name, { signal: AbortSignal.timeout(TURN) }, work);
  } catch (error) {
    if (!(error instanceof DOMException) || error.name !== "TimeoutError") throw error;
    await work();
  }
}
