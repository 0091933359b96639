import { backOff, judge } from "./answer.js";
import { batchOf, MOST } from "./batch.js";
import { isFull } from "./databases.js";
import { newId } from "./ids.js";
import * as outbox from "./outbox.js";
import { inTurn, postSync } from "./post.js";

/** @typedef {import("./vault.js").Opened} Opened */
/** @typedef {import("./answer.js").Because | "full" | "store"} Trouble  the last two: this phone itself is in the way */

/** What a phone names as its epoch before its first answer. */
const NONE = 0;

/** Sends what waits and fetches what is new, call after call, until both are done or something stands in the way. */
export class Sender {
  /** @type {Trouble | null} why the last run stopped early */
  trouble = null;
  /** milliseconds by which this phone's clock was ahead of the server's at the last answer */
  ahead = 0;
  /** no run begins by itself before this moment, in milliseconds */
  notBefore = 0;
  /** @type {Promise<void> | null} */
  running = null;
  /** the page on which the clinic's server asks something: to agree to newer terms of use, or who asked for a new way in */
  asks = "";
  #failures = 0;
  #again = false;

  /**
   * @param {import("./copies.js").Copies | import("./shut.js").Shut} copies
   * @param {string} device
   * @param {() => void} changed called when a store or what is known of the sending changed
   * @param {import("./post.js").Post} post
   */
  constructor(copies, device, changed = () => {}, post = postSync) {
    this.copies = copies;
    this.owner = copies.owner;
    this.device = device;
    this.changed = changed;
    this.post = post;
  }

  /** Tries now, and never fails: `trouble` says what came of it. A run under way goes round once more. */
  sync() {
    this.#again = true;
    this.running ??= this.#runs()
      .catch((error) => {
        console.error(error); // a store that fails is tried again like an answer that did not come
        this.#stop(isFull(error) ? "full" : "store");
      })
      .finally(() => {
        this.running = null;
        this.changed();
      });
    return this.running;
  }

  async #runs() {
    while (this.#again) {
      this.#again = false;
      await inTurn(`tidelog-sync-${this.owner}`, () => this.#run());
    }
  }

  async #run() {
    let [size, restarts] = [MOST, 0];
    for (;;) {
      const batch = batchOf(await this.copies.sendable(), size);
      const state = await this.copies.state();
      const asked = { batch: newId(), owner: this.owner, ids: batch.map(({ id }) => id) };
      const step = judge(asked, await this.post(await this.#question(asked.batch, batch, state)));
      if (step.do === "stop") return this.#stop(step.because, step.wait);
      if (step.do === "halve") size = Math.floor(batch.length / 2);
      else if (step.do === "hold") await outbox.hold(this.owner, step.id, [{ field: "", code: "too-large" }]);
      else {
        this.asks = step.page.asks ?? "";
        this.ahead = Date.now() - step.at || 0;
        const moved = await this.copies.take(step, batch, state.epoch);
        if (step.receipts.length || moved) this.changed();
        if (!(await this.#isMore(step, moved))) return this.#done();
        restarts += moved === "restarted" ? 1 : 0;
        const stuck = (!step.receipts.length && !moved) || restarts > 1;
        if (stuck) return this.#stop("unknown");
      }
    }
  }

  /**
   * @param {string} batch
   * @param {Opened[]} opened
   * @param {{ cursor: number, epoch: number | null }} state
   */
  async #question(batch, opened, { cursor, epoch }) {
    const batched = new Set(opened.map(({ id }) => id));
    const beside = (await outbox.all(this.owner)).filter(({ id, sent }) => !sent && !batched.has(id));
    const versions = opened.map(({ text }) => text);
    return JSON.stringify({
      batch,
      owner: this.owner,
      device: this.device,
      epoch: epoch ?? NONE,
      cursor,
      waiting: beside.length, // what is still only here when this has come
      versions,
    });
  }

  /**
   * @param {import("./answer.js").Accepted} step
   * @param {"on" | "restarted" | null} moved
   */
  async #isMore({ page }, moved) {
    return moved === "restarted" || (moved === "on" && page.more) || (await this.copies.sendable()).length > 0;
  }

  #done() {
    this.trouble = null;
    this.#failures = this.notBefore = 0;
  }

  /** @param {Trouble} because @param {number} [asked] */
  #stop(because, asked) {
    this.trouble = because;
    this.notBefore = Date.now() + backOff(++this.#failures, asked);
    this.#again = false;
  }
}
