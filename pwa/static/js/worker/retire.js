// Served as the worker when WORKER=retired: takes the place of one that went wrong at once, deletes what that kept, and
// goes. It loads no page anew and touches no store: pages work on without a worker, and what waits is sent by them.
const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));

worker.addEventListener("install", () => void worker.skipWaiting());
worker.addEventListener("activate", (event) => event.waitUntil(goAway()));

async function goAway() {
  const ours = (await caches.keys()).filter((name) => name.startsWith("tidelog-pages-"));
  await Promise.all(ours.map((name) => caches.delete(name)));
  await worker.registration.unregister();
}
