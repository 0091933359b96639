import { seal, unseal } from "./keys.js";
import { sealedForm } from "./lock.js";
import { openPair } from "./pair.js";
import { openSealed } from "./sealing.js";

/** @typedef {{ id: string, text: string }} Opened */
/** @typedef {import("./types.js").Sealed & { id: string, point?: Uint8Array<ArrayBuffer> }} Row */

/** One owner's texts, sealed and opened with their key. Each is bound to its owner and its id. */
export class Vault {
  /** @type {Map<string, string>} */
  #opened = new Map();
  /** @type {Promise<CryptoKey> | undefined} what was sealed while the lock was shut opens by it */
  #pair;

  /**
   * @param {string} owner
   * @param {import("./keys.js").DataKey} data
   */
  constructor(owner, data) {
    this.owner = owner;
    this.data = data;
  }

  /** @param {string} id @param {string} text @returns {Promise<Row>} */
  async seal(id, text) {
    return { id, ...(await seal(this.data, this.#belongs(id), text)) };
  }

  /** A row of the outbox. @param {string} id @param {string} text */
  async outgoing(id, text) {
    return { ...(await this.seal(id, text)), ...(await sealedForm(this.owner, id, text)) };
  }

  /** OperationError if it is not what was sealed. @param {Row} row */
  async read({ id, point, ...row }) {
    if (!point) return unseal(this.data, this.#belongs(id), row);
    this.#pair ??= openPair(this.owner, this.data);
    return openSealed(await this.#pair, this.#belongs(id), { point, ...row });
  }

  /** The same, done once for every sealing. @param {Row} row @returns {Promise<Opened>} */
  async open(row) {
    const sealing = `${row.id}/${row.iv}`;
    const text = this.#opened.get(sealing) ?? (await this.read(row));
    this.#opened.set(sealing, text);
    return { id: row.id, text };
  }

  /** Those that can be opened, each with its row: one that cannot never hides the others. @template {Row} R @param {R[]} rows */
  async openAll(rows) {
    const tried = await Promise.allSettled(rows.map((row) => this.open(row)));
    return tried.flatMap((one, place) => (one.status === "fulfilled" ? [{ row: rows[place], ...one.value }] : []));
  }

  /** @param {string} id */
  #belongs(id) {
    return `${this.owner}/${id}`;
  }
}
