import { localIso } from "../store/days.js";
import { clock, dayOf, moment, say } from "./words.js";

export { seenAt } from "../store/entries.js";

/** By the date alone: whoever is awake at one in the morning reads the clock of that night. @param {string} at */
export const seenWords = (at) =>
  dayOf(at) === dayOf(localIso()) ? say("seen", { time: clock(at) }) : say("seen_before", { when: moment(at) });
