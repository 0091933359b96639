import { nameOfError } from "./databases.js";
import { seal, unseal } from "./keys.js";
import * as mirror from "./mirror.js";
import * as outbox from "./outbox.js";

/** @typedef {import("./types.js").Standing} Standing */
/** @typedef {import("./types.js").Version} Version */
/** @typedef {{ id: string, text: string }} Opened */

/** Written by the clinic, never by the patient: not sent again when the server lost something. */
export const CLINIC_KINDS = ["card", "course", "treatment"];
const CLASH = "#clash";

/** The owner's two copies of every version, outbox and mirror, opened with their key. */
export class Copies {
  /** @type {Map<string, string>} the opened text by the row's id; texts never change */
  #texts = new Map();

  /**
   * @param {string} owner
   * @param {import("./keys.js").DataKey} data
   * @param {() => void} lost called when the mirror was thrown away and must be pulled again
   */
  constructor(owner, data, lost = () => {}) {
    this.owner = owner;
    this.data = data;
    this.lost = lost;
  }

  /** Puts a version into the outbox. @param {Version} version */
  async write(version) {
    const sealed = await seal(this.data, this.#belongs(version.id), JSON.stringify(version));
    await outbox.keep(this.owner, [{ id: version.id, ...sealed }]);
  }

  /** All that can be sent as it is, in the order of writing. */
  async sendable() {
    const rows = await outbox.all(this.owner);
    const opened = await Promise.allSettled(rows.filter((row) => !row.held).map((row) => this.#opened(row)));
    return opened.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
  }

  /**
   * The versions that are wanted, from both copies. The outbox is read first: on its way to the mirror a version is in
   * both.
   * @param {(version: { kind: string, record: string }) => boolean} wanted
   * @returns {Promise<Standing[]>}
   */
  async versions(wanted) {
    const waiting = await this.waiting();
    const kept = await this.#mirror(wanted);
    const versions = new Map([...kept, ...waiting.filter(wanted)].map((version) => [version.row, version]));
    return [...versions.values()];
  }

  /** What is in the outbox and can be opened, in the order of writing. */
  async waiting() {
    const rows = await outbox.all(this.owner);
    const opened = await Promise.allSettled(rows.map((row) => this.#opened(row)));
    return opened.flatMap((one, place) =>
      one.status === "fulfilled" ? [standing(one.value, true, rows[place].held)] : [],
    );
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
   * Moves what has a receipt from the outbox to the mirror, the mirror first.
   * @param {import("./answer.js").Receipt[]} receipts
   * @param {Opened[]} batch
   * @param {number} epoch
   */
  async settle(receipts, batch, epoch) {
    if (!receipts.length) return;
    const texts = new Map(batch.map(({ id, text }) => [id, text]));
    const kept = receipts.map(({ id, outcome, errors }) => ({
      id: outcome === "clash" ? id + CLASH : id,
      text: texts.get(id) ?? "",
      faults: outcome === "parked" || outcome === "clash" ? (errors ?? [{ field: "", code: outcome }]) : [],
    }));
    const rows = await Promise.all(kept.map(({ id, text }) => this.#mirrored(id, text, epoch)));
    await mirror.keep(
      this.owner,
      rows,
      kept.filter(({ faults }) => faults.length).map(({ id, faults }) => ({ id, faults })),
    );
    await outbox.remove(
      this.owner,
      receipts.map(({ id }) => id),
    );
  }

  /**
   * Takes a page of what is new. In another epoch nothing is taken: what the patient wrote waits again, and the mirror
   * begins from 0.
   * @param {import("./answer.js").Page} page
   * @param {number | null} epoch
   * @returns {Promise<"on" | "restarted" | null>} null: nothing new, or not where this phone is
   */
  async turnPage(page, epoch) {
    if (epoch !== null && page.epoch !== epoch) {
      await this.#sendAgain();
      await mirror.restart(this.owner, page.epoch);
      return "restarted";
    }
    const rows = await Promise.all(page.versions.map((text) => this.#mirrored(JSON.parse(text).id, text, page.epoch)));
    const taken = await mirror.apply(this.owner, page, rows);
    return taken && page.cursor > page.from ? "on" : null;
  }

  async #sendAgain() {
    const rows = (await mirror.all(this.owner)).filter(
      (row) => !CLINIC_KINDS.includes(row.kind) && !row.id.endsWith(CLASH),
    );
    await outbox.keep(
      this.owner,
      rows.map(({ id, key, iv, sealed }) => ({ id, key, iv, sealed })),
    );
  }

  /** @param {(row: mirror.MirrorRow) => boolean} wanted */
  async #mirror(wanted) {
    const faults = new Map((await mirror.faulty(this.owner)).map((row) => [row.id, row.faults]));
    const rows = (await mirror.all(this.owner)).filter(wanted);
    try {
      const opened = await Promise.all(rows.map((row) => this.#opened(row)));
      return opened.map((one) => standing(one, false, faults.get(one.id)));
    } catch (error) {
      if (nameOfError(error) !== "OperationError") throw error;
      await mirror.discard(this.owner);
      this.lost();
      return [];
    }
  }

  /**
   * @param {string} id
   * @param {string} text
   * @param {number} epoch
   */
  async #mirrored(id, text, epoch) {
    const { kind, record } = JSON.parse(text);
    return { id, record, kind, epoch, ...(await seal(this.data, this.#belongs(id), text)) };
  }

  /** @param {import("./types.js").Sealed & { id: string }} row @returns {Promise<Opened>} */
  async #opened(row) {
    const text = this.#texts.get(row.id) ?? (await unseal(this.data, this.#belongs(row.id), row));
    this.#texts.set(row.id, text);
    return { id: row.id, text };
  }

  /** What the lock of a row is bound to. @param {string} id */
  #belongs(id) {
    return `${this.owner}/${id}`;
  }
}

/**
 * @param {Opened} opened
 * @param {boolean} waiting
 * @param {import("./types.js").Fault[]} [faults]
 * @returns {Standing & { row: string }}
 */
function standing({ id, text }, waiting, faults) {
  return { ...JSON.parse(text), row: id, waiting, faults: faults ?? null };
}
