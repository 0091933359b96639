import { nameOfError } from "./databases.js";
import { settle, turn } from "./exchange.js";
import * as mirror from "./mirror.js";
import * as outbox from "./outbox.js";

/** @typedef {import("./types.js").Standing} Standing */
/** @typedef {import("./types.js").Version} Version */
/** @typedef {import("./vault.js").Opened} Opened */

/** The two copies of what an owner's versions say: what waits in the outbox, and the mirror of what the server keeps. */
export class Copies {
  /**
   * @param {import("./vault.js").Vault} vault
   * @param {() => void} lost called when the mirror was thrown away and must be pulled again
   */
  constructor(vault, lost = () => {}) {
    this.vault = vault;
    this.owner = vault.owner;
    this.lost = lost;
  }

  /** Puts a version into the outbox. @param {Version} version */
  async write(version) {
    await outbox.keep(this.owner, [await this.vault.outgoing(version.id, JSON.stringify(version))]);
  }

  /** What the outbox can send as it is, in the order of writing. @returns {Promise<Opened[]>} */
  async sendable() {
    const rows = await outbox.all(this.owner);
    return this.vault.openAll(rows.filter((row) => !row.held));
  }

  /** What is in the outbox, in the order of writing. */
  async waiting() {
    return (await this.unsent()).waiting;
  }

  /** The same, and how many lie there that cannot be opened, since their key is gone. */
  async unsent() {
    const rows = await outbox.all(this.owner);
    const opened = await this.vault.openAll(rows);
    /** @type {Standing[]} */
    const waiting = opened.map(({ text, row }) => ({ ...JSON.parse(text), waiting: true, faults: row.held ?? null }));
    return { waiting, unreadable: rows.length - opened.length };
  }

  /**
   * All versions, or those of certain kinds or records, from both copies. The outbox is read first: on its way to the
   * mirror a version is in both.
   * @param {mirror.Which} [which]
   * @returns {Promise<Standing[]>}
   */
  async versions(which) {
    const waiting = (await this.waiting()).filter((version) => !which || which.of.includes(version[which.by]));
    const there = new Set(waiting.map(({ id }) => id));
    const rows = (await mirror.all(this.owner, which)).filter(({ id }) => !there.has(id));
    return [...(await this.#mirrored(rows)), ...waiting];
  }

  /** How far the mirror has read; one that cannot be opened is thrown away and begins again. */
  async state() {
    try {
      return await mirror.state(this.owner);
    } catch (error) {
      if (nameOfError(error) === "TimeoutError") throw error;
      await mirror.discard(this.owner);
      return mirror.state(this.owner);
    }
  }

  /**
   * What a true answer does to both. Says whether the mirror moved.
   * @param {import("./answer.js").Accepted} step
   * @param {Opened[]} batch what was sent
   * @param {number | null} epoch
   */
  async take({ receipts, page }, batch, epoch) {
    await settle(this.vault, receipts, batch, epoch ?? page.epoch);
    return turn(this.vault, page, epoch);
  }

  /** @param {mirror.Judged[]} rows @returns {Promise<Standing[]>} */
  async #mirrored(rows) {
    const opened = await this.vault.openAll(rows);
    if (opened.length < rows.length) {
      await mirror.discard(this.owner);
      this.lost();
    }
    return opened.map(({ text, row }) => ({ ...JSON.parse(text), waiting: false, faults: row.faults }));
  }
}
