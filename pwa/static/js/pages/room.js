// The reading room works without this. With it: what is taken back goes at once, what was looked at counts as read, a note can be about chosen words, and
// single keys lead from entry to entry.
import { keepChosen } from "./room/choosing.js";
import { entryHere, move } from "./room/entries.js";
import { keepReading } from "./room/reading.js";
import { keepClosing } from "./shared/closing.js";
import { listen } from "./triage/keys.js";

const [stale, note] = ["#stale", "#note"].map((where) => /** @type {HTMLElement} */ (document.querySelector(where)));
if (stale) keepClosing(stale);
if (note) keepChosen(/** @type {HTMLFormElement} */ (note));
keepReading();
listen(entryHere, move);
