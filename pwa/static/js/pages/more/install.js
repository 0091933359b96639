import { all, one } from "../parts/come-in.js";

/** How to keep the app on the home screen: the browser's own offer, or the way on an iPhone; nothing where it is there. */
export function offerInstall() {
  if (matchMedia("(display-mode: standalone)").matches) return;
  const isIphone = /iPhone|iPad/.test(navigator.userAgent);
  if (isIphone) show("iphone");
  addEventListener("beforeinstallprompt", (event) => {
    event.preventDefault();
    show("prompt");
    one("#install-now").onclick = () => /** @type {any} */ (event).prompt();
  });
}

/** @param {string} way */
function show(way) {
  one("#install").hidden = false;
  for (const part of all("[data-install]")) part.hidden = part.dataset.install !== way;
}
