// The link brings its code behind the #, which no server is told: it is typed in here, and leaves the address at once.
const form = /** @type {HTMLFormElement} */ (document.querySelector("main form"));
const code = /** @type {HTMLInputElement | null} */ (form.querySelector("#code"));
const password = /** @type {HTMLInputElement | null} */ (form.querySelector("#password"));
const show = /** @type {HTMLInputElement | null} */ (document.querySelector("#show-password"));

if (code && location.hash.length > 1) {
  code.value = decodeURIComponent(location.hash.slice(1));
  history.replaceState(null, "", location.pathname + location.search);
  form.requestSubmit();
}
show?.addEventListener("change", () => {
  if (password) password.type = show.checked ? "text" : "password";
});
