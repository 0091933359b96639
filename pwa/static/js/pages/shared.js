// A page of shared entries works without this; with it, it also shows nothing any more that was taken back since.
import { keepClosing } from "./shared/closing.js";

const stale = /** @type {HTMLElement | null} */ (document.querySelector("#stale"));
if (stale) keepClosing(stale);
