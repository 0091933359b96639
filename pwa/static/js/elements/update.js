import { say } from "./words.js";

const HOUR = 3_600_000;
let typed = false;
let asked = 0;

addEventListener("input", () => (typed = true));
if (navigator.serviceWorker) {
  if (document.readyState === "complete") void register();
  else addEventListener("load", register); // what the worker fetches must not keep the page waiting
}

/** The worker that keeps the pages. A newer one waits until the person says so. */
async function register() {
  const worker = await navigator.serviceWorker.register("/sw.js", { updateViaCache: "none" });
  asked = Date.now();
  offerWaiting(worker);
  worker.addEventListener("updatefound", () => offerWaiting(worker));
  document.addEventListener("visibilitychange", () => look(worker));
  const before = navigator.serviceWorker.controller;
  navigator.serviceWorker.addEventListener("controllerchange", () => {
    if (before && !typed) location.reload(); // what is being typed stays; the next page is the new one
  });
}

/** Asks for a newer version when one comes back to the page, at most hourly. @param {ServiceWorkerRegistration} worker */
function look(worker) {
  if (document.hidden || Date.now() - asked < HOUR) return;
  asked = Date.now();
  worker.update().catch(() => {}); // offline: asked again later
}

/** @param {ServiceWorkerRegistration} worker */
function offerWaiting(worker) {
  if (!navigator.serviceWorker.controller) return;
  if (worker.waiting) offer(worker.waiting);
  const coming = worker.installing;
  coming?.addEventListener("statechange", () => coming.state === "installed" && offer(coming));
}

/** @param {ServiceWorker} newer */
function offer(newer) {
  const bar = document.createElement("p");
  const button = document.createElement("button");
  bar.className = "card now update";
  bar.setAttribute("role", "status");
  button.className = "btn line";
  button.textContent = say("update_now");
  button.addEventListener("click", () => newer.postMessage("take over"));
  bar.append(say("update_ready"), " ", button);
  document.querySelector(".update")?.remove();
  document.querySelector("main")?.prepend(bar);
}
