import { isFull } from "./databases.js";

/** Characters that are tried when a phone was full: as much as a long entry needs. */
const WANTED = 30_000;

/** Whether this phone has room for words, as the last writing told. Tells by "change", and by "room" when there is some again. */
export class Room extends EventTarget {
  full = false;
  /** whether the last writing failed, so that words may stand on the screen alone */
  unkept = false;

  /**
   * What comes of a writing, noted on its way.
   * @template T
   * @param {Promise<T>} writing
   */
  async noting(writing) {
    try {
      const written = await writing;
      this.unkept = false;
      this.#turn(false);
      return written;
    } catch (error) {
      this.unkept = true;
      this.#turn(isFull(error));
      throw error;
    }
  }

  /** Tries whether there is room again. @param {ReturnType<typeof import("./drafts.js").draft>} spare */
  async look(spare) {
    if (!this.full) return;
    await this.noting(spare.set({ filler: "0".repeat(WANTED) }));
    await spare.clear();
  }

  /** @param {boolean} full */
  #turn(full) {
    if (full === this.full) return;
    this.full = full;
    this.dispatchEvent(new Event("change"));
    if (!full) this.dispatchEvent(new Event("room"));
  }
}
