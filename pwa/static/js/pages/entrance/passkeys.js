import { asJson, toMake, toUse } from "./credential.js";

/** Shows the buttons where the browser knows passkeys. */
export function wirePasskeys() {
  if (!globalThis.PublicKeyCredential) return;
  for (const button of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-passkey]"))) {
    button.hidden = false;
    button.addEventListener("click", () => press(button));
  }
}

/** @param {HTMLElement} button */
async function press(button) {
  const told = /** @type {HTMLElement} */ (button.nextElementSibling);
  told.textContent = "";
  const { to, error } = await gone(/** @type {"make" | "use"} */ (button.dataset.passkey));
  const typed = /** @type {HTMLFormElement | null} */ (button.closest("form[data-typed]"));
  if (to) return typed ? typed.submit() : location.assign(to);
  if (error === "mailed-code") return location.assign(location.pathname + location.search);
  if (error === "prove") return location.assign(`/account/prove?next=${encodeURIComponent(location.pathname)}`);
  told.textContent = (error === "passkey" ? told.dataset.refused : told.dataset.says) ?? "";
}

/** @param {"make" | "use"} what @returns {Promise<{ to?: string, error?: string }>} */
async function gone(what) {
  try {
    const options = await ask(`/passkey/options/${what}`, {});
    if (options.error) return options;
    const made = await (what === "make"
      ? navigator.credentials.create({ publicKey: toMake(options) })
      : navigator.credentials.get({ publicKey: toUse(options) }));
    return await ask(`/passkey/${what}${location.search}`, asJson(/** @type {PublicKeyCredential} */ (made)));
  } catch {
    return {}; // turned down, or no network: the page says so
  }
}

/** @param {string} address @param {unknown} body @returns {Promise<any>} */
async function ask(address, body) {
  const headers = { "Content-Type": "application/json", "X-Tidelog": "1" };
  const how = { method: "POST", headers, body: JSON.stringify(body), cache: /** @type {const} */ ("no-store") };
  return (await fetch(address, { ...how, redirect: "error" })).json();
}
