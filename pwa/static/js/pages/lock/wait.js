import { say } from "../../elements/words.js";
import { lockOf } from "../../store/lock.js";
import { waitOf } from "../../store/pin.js";

const MINUTE = 60_000;
/** How often a wait is told anew, in ms: a screen reader speaks it each time. */
const COUNTED = 10_000;

/**
 * Until the next try may be made; after too many wrong ones that takes longer and longer, and the page says how long.
 * @param {string} owner
 * @param {{ open(open: boolean): void }} pad
 * @param {(words: string) => void} tell
 * @param {string} [said] what is told when there is nothing to wait for
 */
export async function wait(owner, pad, tell, said = say("enter")) {
  const lock = await lockOf(owner);
  const left = lock ? waitOf(lock) : 0;
  pad.open(!left);
  tell(left ? say("wait", { time: howLong(left) }) : said);
  if (left) setTimeout(() => void wait(owner, pad, tell), Math.min(left, COUNTED));
}

/** @param {number} left in ms */
function howLong(left) {
  return left < MINUTE
    ? say("seconds", { n: Math.ceil(left / 1000) })
    : say("minutes", { n: Math.ceil(left / MINUTE) });
}
