import { ifUnused, isWriting } from "./in-use.js";
import { say } from "./words.js";

const HOUR = 3_600_000;
/** A page that is being left is hidden as well: ms after which it is gone, or only put aside. */
const ASIDE = 2000;
/** In `sessionStorage`: when a newer version last came in unasked. Two servers that differ must not make a page go round. */
const CAME = "newer-came";
let looked = 0;
/** @type {(() => boolean) | null} whether this page, which called the newer version in, may be loaded anew */
let mayReload = null;

if (navigator.serviceWorker) {
  if (document.readyState === "complete") void register();
  else addEventListener("load", register); // what the worker fetches must not keep the page waiting
}

/** The worker that keeps the pages. A newer one waits until the person says so, or until nobody would notice. */
async function register() {
  const worker = await navigator.serviceWorker.register("/sw.js", { updateViaCache: "none" });
  looked = Date.now();
  offerWaiting(worker);
  worker.addEventListener("updatefound", () => offerWaiting(worker));
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) setTimeout(() => comeInUnseen(worker), ASIDE);
    else look(worker);
  });
  navigator.serviceWorker.addEventListener("controllerchange", cameIn);
}

/** Asks for a newer version when one comes back to the page, at most hourly. @param {ServiceWorkerRegistration} worker */
function look(worker) {
  if (Date.now() - looked < HOUR) return;
  looked = Date.now();
  worker.update().catch(() => {}); // offline: asked again later
}

/** @param {ServiceWorkerRegistration} worker */
function comeInUnseen({ waiting }) {
  if (!document.hidden || !waiting || Date.now() - Number(sessionStorage.getItem(CAME)) < HOUR) return;
  void ifUnused(() => {
    sessionStorage.setItem(CAME, String(Date.now()));
    callIn(waiting, () => document.hidden);
  });
}

/** @param {ServiceWorker} newer @param {() => boolean} may */
function callIn(newer, may) {
  mayReload = may;
  newer.postMessage("take over");
}

/** What is being written stays on the screen, and so does a page that did not ask: its files stay served. */
function cameIn() {
  if (mayReload?.() && !isWriting()) return location.reload();
  document.querySelector(".update")?.replaceChildren(say("update_next"));
}

/** @param {ServiceWorkerRegistration} worker */
function offerWaiting(worker) {
  if (!navigator.serviceWorker.controller) return;
  if (worker.waiting) offer(worker.waiting);
  const coming = worker.installing;
  coming?.addEventListener("statechange", () => {
    if (coming.state !== "installed") return;
    offer(coming);
    comeInUnseen(worker);
  });
}

/** @param {ServiceWorker} newer */
function offer(newer) {
  const bar = document.createElement("p");
  const button = document.createElement("button");
  bar.className = "card now update";
  bar.setAttribute("role", "status");
  button.className = "btn line";
  button.textContent = say("update_now");
  button.addEventListener("click", () => callIn(newer, () => true));
  bar.append(say("update_ready"), " ", button);
  document.querySelector(".update")?.remove();
  document.querySelector("main")?.prepend(bar);
}
