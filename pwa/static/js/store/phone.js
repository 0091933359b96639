import { nameOfError } from "./databases.js";
import { CLINIC_KINDS, Copies } from "./copies.js";
import { here, localIso } from "./days.js";
import { draft } from "./drafts.js";
import { clinicOf, entriesOf } from "./entries.js";
import { newId } from "./ids.js";
import { openKey } from "./keys.js";
import * as leave from "./leave.js";
import * as mirror from "./mirror.js";
import * as outbox from "./outbox.js";
import { whoseStores } from "./owner.js";
import { Sender } from "./sender.js";
import { watch } from "./when.js";

/** @typedef {import("./types.js").Version} Version */
/** @typedef {import("./types.js").Entry} Entry */
/**
 * What a form says. `record` and `parents` are from when the form opened; without them it is a new record. A null body
 * withdraws.
 * @typedef {{ kind: string, record?: string, parents?: string[], day: string, felt_at?: string, schema?: number,
 *   body: Record<string, any> | null }} Said
 */
/** @typedef {"sent" | "sending" | "offline" | "waiting" | "sign-in" | "other-person" | "full"} State */
/** @typedef {{ waiting: number, oldest: string | null, attention: number, state: State, online: boolean }} Status */

/** @type {Promise<Phone | null> | undefined} */
let opened;

/** The stores of whoever uses this phone; null if nobody ever signed in here. */
export function openPhone() {
  opened ??= open();
  return opened;
}

async function open() {
  await leave.finish();
  const who = await whoseStores();
  if (!who) return null;
  const phone = new Phone(who.owner, who.device, await openKey(who.owner));
  watch(phone);
  return phone;
}

/** The one door for pages: what the patient said and says here. Tells of changes by the event "change". */
export class Phone extends EventTarget {
  #full = false;
  /** @type {Map<string, string[]>} by record, versions of which nobody knows whether they were kept */
  #unsure = new Map();

  /**
   * @param {string} owner
   * @param {string} device
   * @param {import("./keys.js").DataKey} data
   * @param {import("./sender.js").Post} [post]
   */
  constructor(owner, device, data, post) {
    super();
    this.owner = owner;
    this.device = device;
    this.data = data;
    this.copies = new Copies(owner, data, () => this.sync());
    this.sender = new Sender(this.copies, device, () => this.#changed(), post);
    this.channel = new BroadcastChannel(`tidelog-${owner}`);
    this.channel.onmessage = ({ data: news }) => this.dispatchEvent(new Event(news));
  }

  /**
   * Comes back when it is on this phone's disk. If that fails the words must stay on the screen: a later save of the
   * same record then stands over whatever became of this one.
   * @param {Said} said
   * @returns {Promise<Version>}
   */
  async save({ kind, record = newId(), parents = [], day, felt_at, schema = 1, body }) {
    const written_at = localIso();
    const unsure = this.#unsure.get(record) ?? [];
    const named = [...parents, ...unsure];
    const version = {
      id: newId(),
      record,
      kind,
      schema,
      parents: named,
      day,
      felt_at: felt_at ?? written_at,
      written_at,
      zone: here(),
      body,
    };
    try {
      await this.copies.write(version);
    } catch (error) {
      this.#unsure.set(record, [...unsure, version.id]);
      this.#full = nameOfError(error) === "QuotaExceededError";
      this.#changed();
      throw error;
    }
    this.#full = false;
    this.#changed();
    void this.sync();
    return version;
  }

  /** @param {string} kind @returns {Promise<Entry[]>} the newest first, without what was withdrawn */
  async entries(kind) {
    return entriesOf(await this.copies.versions((version) => version.kind === kind));
  }

  /** @param {string} record @returns {Promise<Entry | null>} */
  async entry(record) {
    return entriesOf(await this.copies.versions((version) => version.record === record))[0] ?? null;
  }

  async clinic() {
    return clinicOf(await this.copies.versions(({ kind }) => CLINIC_KINDS.includes(kind)));
  }

  /** @returns {Promise<Status>} */
  async status() {
    const waiting = await this.copies.waiting();
    const attention = (await this.#needsAttention()).length;
    return {
      waiting: await outbox.count(this.owner),
      oldest: waiting[0]?.written_at ?? null,
      attention,
      state: this.#state(waiting.length),
      online: navigator.onLine !== false && this.sender.trouble !== "offline",
    };
  }

  /** What is not sent yet, and what was sent but needs the patient. */
  async waiting() {
    const waiting = (await this.copies.waiting()).map((version) => ({ ...version, attention: version.faults }));
    const sent = (await this.#needsAttention()).map((entry) => ({ ...entry.heads[0], attention: entry.attention }));
    const rows = new Map([...sent, ...waiting].map((version) => [version.id, version]));
    return [...rows.values()].map(({ record, kind, day, written_at, attention }) => ({
      record,
      kind,
      day,
      written_at,
      attention,
    }));
  }

  /** @param {string} key such as the page's name, or that and the record */
  draft(key) {
    return draft(this.owner, this.data, key);
  }

  /** Tries to send and fetch now. */
  sync() {
    return this.sender.sync();
  }

  /**
   * Sends what waits, then signs out here and at the clinic. Everything of the owner goes from this phone, unless
   * something still waits: then nothing happens, or with `keep` it stays here, shut, until the next sign-in.
   * @param {{ keep?: boolean }} [how]
   */
  signOut(how) {
    return leave.signOut(this, how);
  }

  /** Throws away what waits. Only after the patient typed that they mean it, and was offered `copy()`. */
  async discard() {
    await outbox.remove(
      this.owner,
      (await outbox.all(this.owner)).map(({ id }) => id),
    );
    this.#changed();
  }

  /** What waits, as a text to keep. */
  async copy() {
    const versions = (await this.copies.waiting()).map(({ kind, day, written_at, body }) => ({
      kind,
      day,
      written_at,
      ...body,
    }));
    return new Blob([JSON.stringify(versions, null, 2)], { type: "text/plain" });
  }

  /** @param {"change" | "left"} news */
  tell(news) {
    this.dispatchEvent(new Event(news));
    this.channel.postMessage(news);
  }

  #changed() {
    this.tell("change");
  }

  async #needsAttention() {
    const some = (await mirror.faulty(this.owner)).length > 0 || (await outbox.all(this.owner)).some((row) => row.held);
    return some ? entriesOf(await this.copies.versions(() => true)).filter((entry) => entry.attention) : [];
  }

  /** @param {number} waiting @returns {State} */
  #state(waiting) {
    const { trouble, running } = this.sender;
    if (this.#full) return "full";
    if (trouble === "other-person" || trouble === "sign-in") return trouble;
    if (running && waiting) return "sending";
    if (trouble === "offline" || navigator.onLine === false) return "offline";
    return waiting ? "waiting" : "sent";
  }
}
