import { rowsOf } from "./lock.js";
import { toServer, sealTo } from "./sealing.js";

/** @typedef {import("./vault.js").Row} Row */

/** What stands in a vault's place while it is locked: one may put something in, and read nothing. */
export class Slot {
  /**
   * @param {string} owner
   * @param {{ name: string, point: Uint8Array<ArrayBuffer>, server: import("./sealing.js").ServerKey }} keys
   */
  constructor(owner, keys) {
    this.owner = owner;
    this.keys = keys;
  }

  /** @param {string} owner */
  static async open(owner) {
    const [data, pair, server] = await rowsOf(owner, "data", "pair", "server");
    return new Slot(owner, { name: data.name, point: pair.point, server: server.key });
  }

  /** To the phone's own key pair: its writer reads it after unlocking. @param {string} id @param {string} text @returns {Promise<Row>} */
  async seal(id, text) {
    return { id, ...(await sealTo(this.keys.name, this.keys.point, `${this.owner}/${id}`, text)) };
  }

  /** A row of the outbox, sealed twice. @param {string} id @param {string} text */
  async outgoing(id, text) {
    return { ...(await this.seal(id, text)), toServer: await toServer(this.keys.server, this.owner, id, text) };
  }
}
