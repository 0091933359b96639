import { today } from "../store/days.js";
import { clock, dayOf, moment, say } from "./words.js";

export { seenAt } from "../store/entries.js";

/** @param {string} at */
export const seenWords = (at) =>
  dayOf(at) === today() ? say("seen", { time: clock(at) }) : say("seen_before", { when: moment(at) });
