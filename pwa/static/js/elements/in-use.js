// Whether someone looks at the app or writes in it: no newer version comes in by itself meanwhile, in whatever tab.

const LOCK = "tidelog-in-use";
let writing = 0;
let begun = false;

addEventListener("input", writesOn);
document.addEventListener("visibilitychange", look);
look();

/** From now on something is begun on this page that is not saved, until it is left. */
export function writesOn() {
  if (begun) return;
  begun = true;
  void whileWriting(new Promise(() => {}));
}

/**
 * @template T
 * @param {Promise<T>} work  such as a save
 * @returns {Promise<T>}
 */
export async function whileWriting(work) {
  writing += 1;
  hold(work);
  return work.finally(() => (writing -= 1));
}

/** On this page. */
export const isWriting = () => writing > 0;

/** Takes the step if nobody looks at any page, and nothing is being written in one. @param {() => void} step */
export async function ifUnused(step) {
  await navigator.locks?.request(LOCK, { ifAvailable: true }, async (free) => void (free && step()));
}

function look() {
  if (document.hidden) return;
  hold(new Promise((away) => document.addEventListener("visibilitychange", away, { once: true })));
}

/** Pages share the lock; whoever brings a newer version in wants it alone. @param {Promise<unknown>} work */
function hold(work) {
  const over = work.catch(() => {});
  void navigator.locks?.request(LOCK, { mode: "shared" }, () => over);
}
