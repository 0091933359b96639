import { localIso, today } from "../store/days.js";
import { newId } from "../store/ids.js";
import { whileWriting, writesOn } from "./in-use.js";
import { saveFile } from "./save-file.js";

/** @typedef {import("../store/phone.js").Phone} Phone */
/** @typedef {import("../store/types.js").Entry} Found */

/**
 * One entry being written: its record, what it stands on, its draft, its saving and its taking back.
 * @typedef {{ record: string, parents: string[], day?: string, felt_at?: string, place?: string,
 *   marked?: string[], body: Record<string, any> }} Stand  without a day: of the one on which something is said
 * @typedef {{ phone: Phone, kind: string, key: string, found: Found | null, day?: string }} Opening  `found`: the entry to edit, or null
 */
export class Entry {
  #kind;
  #draft;
  #stand;

  /**
   * @param {Opening} opening
   * @param {Stand | null} kept
   */
  constructor({ phone, kind, key, found, day }, kept) {
    this.phone = phone;
    this.#kind = kind;
    this.#draft = phone.draft(key);
    this.#stand = kept ?? beginning(found, day);
    this.found = found;
    this.drafted = kept !== null;
    /** Which question stands there, where they come one a screen. */
    this.place = kept?.place;
    /** The effects that one tap marked as none, which the next takes back. */
    this.marked = kept?.marked;
    if (kept) writesOn();
  }

  /** @param {Opening} opening */
  static async open(opening) {
    const kept = await opening.phone.draft(opening.key).get();
    return new Entry(opening, /** @type {Stand | null} */ (kept));
  }

  get record() {
    return this.#stand.record;
  }
  /** Whether it is of a day already: what nothing is said in yet is of the one on which something will be. */
  get dated() {
    return !!this.#stand.day;
  }
  get day() {
    return this.#stand.day ?? today();
  }
  get body() {
    return this.#stand.body;
  }

  /**
   * The moment that it is filed under. Of a new entry of today it is now; what is finished on a later day was felt when
   * it was last typed, and never when its page was opened. Of another day nobody gave the hour, so it is the middle of it.
   */
  felt(day = this.day) {
    const { day: of, felt_at } = this.#stand;
    if (day === of && felt_at && (this.found || day !== today())) return felt_at;
    return day === today() || day === of ? localIso() : middleOf(day);
  }

  /** What another phone wrote stands on the screen now. @param {Record<string, any>} body */
  take(body) {
    this.#stand = { ...this.#stand, body };
  }

  /**
   * Keeps what stands on the screen, until it is saved.
   * @param {string} day
   * @param {Record<string, any>} body
   * @param {boolean} [said]  or one only went on to another question
   */
  keep(day, body, said = true) {
    writesOn();
    this.drafted = true;
    const kept = said ? { ...this.#stand, day, felt_at: this.felt(day) } : this.#stand;
    if (!this.found) this.#stand = kept;
    return this.#draft.set({ ...kept, marked: this.marked, body, place: this.place });
  }

  /** A file of what stands on the screen, and of all that waits. @param {Record<string, any>} body */
  copy(body) {
    return saveFile(this.phone, { waiting: true, onScreen: { kind: this.#kind, body } });
  }

  /** Forgets the draft: the next opening shows what was saved. */
  forget() {
    return this.#draft.clear();
  }

  /**
   * Resolves when it is on disk.
   * @param {string} day
   * @param {Record<string, any> | null} body  null takes the entry back
   */
  async save(day, body) {
    const { record, parents } = this.#stand;
    await whileWriting(this.phone.save({ kind: this.#kind, record, parents, day, felt_at: this.felt(day), body }));
    await this.forget().catch(() => {}); // it is saved; a draft that stays is no more than offered again
  }
}

/** @param {string} day */
function middleOf(day) {
  const [year, month, date] = day.split("-").map(Number);
  return localIso(new Date(year, month - 1, date, 12));
}

/**
 * @param {Found | null} found
 * @param {string} [day]
 * @returns {Stand}
 */
function beginning(found, day) {
  if (!found) return { record: newId(), parents: [], day, body: {} };
  const [shown] = found.heads;
  return {
    record: found.record,
    parents: found.parents,
    ...(!isDayWrong(found) && { day: shown.day, felt_at: shown.felt_at }),
    body: shown.body ?? {},
  };
}

/**
 * Whether the clinic could not take it in for its day, as from a phone whose clock was years off: then it is about the
 * day that this phone says now.
 * @param {Found} found
 */
const isDayWrong = ({ attention }) => !!attention?.some(({ field }) => field === "day");

/** The record that the address names after its #, if it names one. */
export const named = () => /^#([0-9a-f-]{36})$/.exec(location.hash)?.[1] ?? null;
