import * as outbox from "./outbox.js";

/** @typedef {import("./vault.js").Opened} Opened */

/** Stands in the place of both copies while the lock is shut: takes words in, sends them sealed, and shows nothing. */
export class Shut {
  /**
   * @param {import("./slot.js").Slot} slot
   * @param {boolean} forGood whether what has a receipt leaves the outbox, since nobody comes back to it here
   */
  constructor(slot, forGood = false) {
    this.vault = slot;
    this.owner = slot.owner;
    this.forGood = forGood;
  }

  /** @param {import("./types.js").Version} version */
  async write(version) {
    await outbox.keep(this.owner, [await this.vault.outgoing(version.id, JSON.stringify(version))]);
  }

  /** What has a sealed form, and was not sent by it already. @returns {Promise<Opened[]>} */
  async sendable() {
    const rows = (await outbox.all(this.owner)).filter((row) => !row.held && (this.forGood || !row.sent));
    return rows.flatMap(({ id, toServer }) => (toServer ? [{ id, text: toServer }] : []));
  }

  /** Asks for no news, since they could not be kept. */
  async state() {
    return { cursor: Number.MAX_SAFE_INTEGER, epoch: null };
  }

  /**
   * What has a receipt stays for its writer, who takes it into the mirror after unlocking.
   * @param {import("./answer.js").Accepted} step
   */
  async take({ receipts }) {
    const ids = receipts.map(({ id }) => id);
    await (this.forGood ? outbox.remove(this.owner, ids) : outbox.note(this.owner, ids));
    return null;
  }

  async unsent() {
    return { waiting: [], unreadable: 0 };
  }

  async waiting() {
    return [];
  }

  async versions() {
    return [];
  }
}
