// The pages at which one comes in work without this, but for the code behind the # of an invitation, and for passkeys.
import { wirePasskeys } from "./entrance/passkeys.js";
import { sayWhatWaits } from "./entrance/waits.js";

const code = /** @type {HTMLInputElement | null} */ (document.querySelector("#code"));
const password = /** @type {HTMLInputElement | null} */ (document.querySelector("#password"));
const show = /** @type {HTMLInputElement | null} */ (document.querySelector("#show-password"));

// the code leaves the address at once, so that it stands in no history
if (code && location.pathname === "/invited" && location.hash.length > 1) {
  code.value = decodeURIComponent(location.hash.slice(1));
  history.replaceState(null, "", location.pathname + location.search);
  code.form?.requestSubmit();
}
show?.addEventListener("change", () => {
  if (password) password.type = show.checked ? "text" : "password";
});
// whoever never signed in finds the help that these pages lead to without a network too
if (document.querySelector(".help-link"))
  addEventListener("load", () => navigator.serviceWorker?.register("/sw.js", { updateViaCache: "none" }));
wirePasskeys();
sayWhatWaits();
