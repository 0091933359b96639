import { localIso } from "../store/days.js";
import { readable } from "./readable.js";
import { dayOf } from "./when.js";

/** @typedef {import("../store/phone.js").Phone} Phone */
/** @typedef {{ waiting?: boolean, onScreen?: import("./readable.js").OnScreen }} Which */

const LANGUAGE = document.documentElement.lang;

/**
 * Saves a file of all entries, or of those that wait and of what stands on the screen. Made here, without a network; if
 * the store does not answer, what stands on the screen is in it all the same.
 * @param {Phone} phone
 * @param {Which} [which]
 */
export async function saveFile(phone, { waiting = false, onScreen } = {}) {
  const words = await ownWords();
  const said = await all(phone, waiting).catch((error) => {
    if (!onScreen) throw error;
    return { entries: [], withdrawn: 0, unreadable: 0, treatments: [], unread: true };
  });
  const now = localIso();
  const told = { unread: false, ...said, onlyWaiting: waiting, onScreen: onScreen ?? null };
  download(readable(told, words, LANGUAGE, now), `${words.file?.name ?? "tidelog"}-${dayOf(now)}.html`);
}

/** @param {Phone} phone @param {boolean} waiting */
async function all(phone, waiting) {
  const [said, { unreadable }, { treatments }] = await Promise.all([
    phone.said({ waiting }),
    phone.status(),
    phone.clinic(),
  ]);
  return { ...said, unreadable, treatments };
}

/** @returns {Promise<import("./spoken.js").Words>} none if they are not on this phone: the answers matter more */
async function ownWords() {
  try {
    return await (await fetch(`/${LANGUAGE}/words.json`)).json();
  } catch {
    return {};
  }
}

/** @param {string} page @param {string} name */
function download(page, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([page], { type: "text/html;charset=utf-8" }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
