import { probe } from "./databases.js";
import { Copies } from "./copies.js";
import { here, localIso } from "./days.js";
import { allBegun, begun, countDrafts, draft } from "./drafts.js";
import { clinicOf, entriesOf } from "./entries.js";
import { CLINIC_KINDS } from "./exchange.js";
import { newId } from "./ids.js";
import { askToKeep } from "./keep.js";
import * as leave from "./leave.js";
import * as outbox from "./outbox.js";
import { Room } from "./room.js";
import { Sender } from "./sender.js";
import { Shut } from "./shut.js";
import { Slot } from "./slot.js";
import { statusOf, statusWhileLocked, unfinished } from "./status.js";

/** @typedef {import("./types.js").Version} Version */
/** @typedef {import("./types.js").Entry} Entry */
/** @typedef {import("./status.js").Status} Status */
/**
 * What a form says. `record` and `parents` are from when the form opened; without them it is a new record. A null body
 * withdraws.
 * @typedef {{ kind: string, record?: string, parents?: string[], day: string, felt_at?: string, schema?: number,
 *   body: Record<string, any> | null }} Said
 */

export { isFull, isSilent } from "./databases.js";

/**
 * The one door for pages: what the patient said and says here. Tells of changes by the event "change". While it is
 * `locked` one may say something, and is shown nothing.
 */
export class Phone extends EventTarget {
  room = new Room();
  /** @type {Map<string, string[]>} by record, versions of which nobody knows whether they were kept */
  #unsure = new Map();
  /** @type {Set<Promise<unknown>>} on their way to the disk */
  #writing = new Set();
  /** @type {Record<string, ReturnType<typeof draft>>} on this page, by key */
  #typed = {};

  /**
   * @param {import("./vault.js").Vault | Slot} vault
   * @param {string} device
   * @param {import("./post.js").Post} [post]
   */
  constructor(vault, device, post) {
    super();
    this.vault = vault;
    this.owner = vault.owner;
    this.device = device;
    this.locked = vault instanceof Slot;
    this.copies = vault instanceof Slot ? new Shut(vault) : new Copies(vault, () => void this.sync());
    this.sender = new Sender(this.copies, device, () => this.tell("change"), post);
    this.room.addEventListener("change", () => this.tell("change"));
    this.channel = new BroadcastChannel(`tidelog-${this.owner}`);
    this.channel.onmessage = ({ data }) => this.dispatchEvent(new Event(data));
  }

  /**
   * Comes back when it is on this phone's disk. If that fails the words must stay on the screen: a later save of the
   * same record then stands over whatever became of this one.
   * @param {Said} said
   * @returns {Promise<Version>}
   */
  async save({ kind, record = newId(), parents = [], day, felt_at, schema = 1, body }) {
    const [id, written_at, unsure] = [newId(), localIso(), this.#unsure.get(record) ?? []];
    const when = { day, felt_at: felt_at ?? written_at, written_at, zone: here() };
    const version = { id, record, kind, schema, parents: [...parents, ...unsure], ...when, body };
    try {
      await this.room.noting(this.#written(this.copies.write(version)));
    } catch (error) {
      this.#unsure.set(record, [...unsure, id]);
      throw error;
    } finally {
      this.tell("change");
    }
    void this.sync().then(() => askToKeep(this.owner));
    return version;
  }

  /** Those not withdrawn, the newest first. @param {string} kind @returns {Promise<Entry[]>} */
  async entries(kind) {
    return entriesOf(await this.copies.versions({ by: "kind", of: [kind] }));
  }

  /** @param {string} record @returns {Promise<Entry | null>} */
  async entry(record) {
    return entriesOf(await this.copies.versions({ by: "record", of: [record] }))[0] ?? null;
  }

  async clinic() {
    return clinicOf(await this.copies.versions({ by: "kind", of: CLINIC_KINDS }));
  }

  /**
   * All that the patient said and did not take back, or of that what is not sent yet; and how much was taken back.
   * @param {{ waiting?: boolean }} [which]
   */
  async said({ waiting = false } = {}) {
    const all = (await this.copies.versions()).filter(({ kind }) => !CLINIC_KINDS.includes(kind));
    const wanted = new Set(all.filter((version) => !waiting || version.waiting).map(({ record }) => record));
    const entries = entriesOf(all.filter(({ record }) => wanted.has(record)));
    return { entries, withdrawn: wanted.size - entries.length };
  }

  /** Something being typed, by a key such as the page's name, or that and the record. @param {string} key @param {string} [wished] */
  draft(key, wished) {
    const one = (this.#typed[key] ??= draft(this.vault, key, wished));
    const set = (/** @type {Record<string, any>} */ typed) => this.room.noting(this.#written(one.set(typed)));
    return { ...one, set };
  }
  /** What was begun under a key, and is written on no open page. @param {string} key */
  begun = (key) => begun(/** @type {import("./vault.js").Vault} */ (this.vault), key);
  allBegun = () => allBegun(this.owner);
  drafts = () => countDrafts(this.owner);
  status = () => (this.locked ? statusWhileLocked : statusOf)(this.copies, this.sender, this.room.full);
  waiting = () => unfinished(this.copies);
  /** Tries to send and fetch now. */
  sync = () => this.sender.sync();
  /** The same, asked for by the person: also what was held as too large, since perhaps only the way was too narrow. */
  async sendNow() {
    await outbox.release(this.owner);
    await this.sync();
  }
  /** @param {{ keep?: boolean, discard?: boolean, close?: boolean }} [how] */
  signOut = (how) => leave.signOut(this, how);

  /** When the person comes back: databases that died meanwhile are opened anew, and a full phone is asked for room. */
  async heal() {
    await probe();
    await this.room.look(this.draft("room"));
  }

  /** Comes back when nothing is on its way to the disk. */
  async settled() {
    await Promise.allSettled(this.#writing);
  }

  /** @template T @param {Promise<T>} writing */
  #written(writing) {
    this.#writing.add(writing);
    return writing.finally(() => this.#writing.delete(writing));
  }

  /** Here and in every other tab of the same person. @param {"change" | "locked"} news */
  tell(news) {
    this.dispatchEvent(new Event(news));
    this.tellOthers(news);
  }

  /** @param {"change" | "locked" | "left" | "used"} news */
  tellOthers(news) {
    this.channel.postMessage(news);
  }
}
