import { forgetKey, keeper, throwOver } from "./handover.js";
import { signedIn } from "./owner.js";

/** @typedef {import("./phone.js").Phone} Phone */

const MINUTE = 60_000;
const LOOK = 1000;
/** How often other tabs hear that this one is used, in ms. */
const HEARD = 2000;
const USES = ["pointerdown", "keydown", "input", "scroll"];

/**
 * Watches over an unlocked phone whose lock is on: covers the page when one leaves it, hands the key to the next page,
 * and locks every tab after the time of no use that the patient chose.
 */
export class Guard {
  #used = Date.now();
  #told = 0;
  /** when one left the page */
  #left = 0;
  /** whether the next page must ask for the PIN */
  #closed = false;

  /**
   * @param {Phone} phone
   * @param {import("./vault.js").Vault} vault
   * @param {number} after minutes; 0: as soon as one leaves
   */
  constructor(phone, vault, after) {
    this.phone = phone;
    this.vault = vault;
    this.idle = after * MINUTE;
  }

  /** @param {Document} page */
  async watch(page) {
    const { phone, vault } = this;
    if (page.hidden) this.#leave(page); // left before all was open
    for (const name of USES) addEventListener(name, () => this.#use(), { passive: true, capture: true });
    phone.addEventListener("used", () => (this.#used = Date.now()));
    for (const news of ["left", "gone"]) phone.addEventListener(news, () => (this.#closed = true));
    phone.addEventListener("locked", () => void this.#lock(page));
    page.addEventListener("visibilitychange", () => (page.hidden ? this.#leave(page) : this.#comeBack(page)));
    setInterval(() => this.#isOver(page.hidden, LOOK) && phone.tell("locked"), LOOK);
    // a page that the browser kept as it was looks at the lock before it shows anything
    addEventListener("pageshow", ({ persisted }) => persisted && location.reload());
    const worker = await keeper();
    addEventListener("pagehide", () => {
      cover(page);
      const isOurs = (signedIn() ?? vault.owner) === vault.owner;
      if (worker && isOurs && !this.#closed) throwOver(worker, vault.owner, vault.data, this.idle);
    });
  }

  #use() {
    this.#used = Date.now();
    if (this.#used - this.#told < HEARD) return;
    this.#told = this.#used;
    this.phone.tellOthers("used");
  }

  /** @param {Document} page */
  #leave(page) {
    this.#left = Date.now();
    cover(page);
  }

  /** @param {Document} page */
  #comeBack(page) {
    if (this.#isOver(true, 0)) return this.phone.tell("locked");
    uncover(page);
    this.#use();
  }

  /** @param {boolean} away @param {number} patience while one may only be on the way to another tab */
  #isOver(away, patience) {
    if (this.idle) return Date.now() - this.#used >= this.idle;
    return away && this.#used <= this.#left && Date.now() - this.#left >= patience;
  }

  /**
   * Nothing stays on the screen; what is on its way to the disk arrives first. Words that could not be kept stand there
   * alone, and are worth more than the lock: it waits for them.
   * @param {Document} page
   */
  async #lock(page) {
    this.#closed = true;
    cover(page);
    await this.phone.settled();
    if (this.phone.room.unkept) return this.#goOn(page);
    await forgetKey();
    page.body.replaceChildren();
    location.reload();
  }

  /** @param {Document} page */
  #goOn(page) {
    this.#closed = false;
    if (!page.hidden) uncover(page);
  }
}

/** @param {Document} page */
function cover(page) {
  page.documentElement.dataset.covered = "";
}

/** @param {Document} page */
function uncover(page) {
  delete page.documentElement.dataset.covered;
}
