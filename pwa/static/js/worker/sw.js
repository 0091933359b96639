// The service worker: keeps the pages that are the same for everyone, so that they open without a network. It never
// answers for /sync, /me, sign-in or the clinic, and leaves the stores alone. In three parts: events, verbs, list.
import { readDoor } from "../store/doorstep.js";
import { sendWhatWaits } from "./background.js";
import { hear } from "./holding.js";
import { answer, show } from "./telling.js";

const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));

// ---- Events ----

worker.addEventListener("install", (event) => event.waitUntil(fillCache()));
worker.addEventListener("activate", (event) => event.waitUntil(takeOver()));
worker.addEventListener("message", ({ data }) => void (data === "take over" && worker.skipWaiting()));
worker.addEventListener("message", ({ data, ports }) => hear(data, ports[0]));
worker.addEventListener("fetch", (event) => {
  const answer = answerTo(event.request);
  if (answer) event.respondWith(answer);
});
// Chromium alone: the browser wakes us when the network is back, also with every page closed.
worker.addEventListener("sync", (/** @type {any} */ event) => event.waitUntil(sendWhatWaits()));
worker.addEventListener("push", (event) => event.waitUntil(show(event.data)));
worker.addEventListener("notificationclick", (event) => event.waitUntil(answer(event.notification, event.action)));

// ---- Verbs ----

/** All or nothing: a half install never goes live, and no two deploys are mixed. */
async function fillCache() {
  const cache = await caches.open(cacheName());
  try {
    await Promise.all([keepPages(cache), ...list.files.map((path) => keepFile(cache, path))]);
  } catch (error) {
    await caches.delete(cacheName());
    throw error;
  }
}

/** @param {Cache} cache */
async function keepPages(cache) {
  const { version, headers, pages } = await (await fetched("/pages.json")).json();
  if (version !== list.version) throw new Error("Pages of another version");
  await Promise.all(list.pages.map((path) => cache.put(path, new Response(pages[path], { headers }))));
}

/** @param {Cache} cache @param {string} path */
async function keepFile(cache, path) {
  const known = isForEver(path) && (await caches.match(path));
  await cache.put(path, known || (await fetched(path)));
}

/**
 * Fetched as nobody, and only taken as what it should be: no redirect, no error page, no portal's page.
 * @param {string} path
 * @param {RequestCache} [cache]
 * @returns {Promise<Response>}
 */
async function fetched(path, cache = isForEver(path) ? "default" : "reload") {
  const answer = await fetch(path, { cache, credentials: "omit" });
  const type = answer.headers.get("Content-Type") ?? "";
  if (answer.ok && !answer.redirected && type.startsWith(expectedType(path))) return answer;
  if (cache === "default") return fetched(path, "reload"); // the browser itself may have kept a portal's page
  throw new Error(`Not as expected: ${path}`);
}

async function takeOver() {
  const names = await caches.keys();
  await Promise.all(
    names.filter((name) => name.startsWith(PREFIX) && name !== cacheName()).map((name) => caches.delete(name)),
  );
  await worker.clients.claim();
}

/**
 * @param {Request} request
 * @returns {Promise<Response> | null} null: not ours to answer
 */
function answerTo(request) {
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== worker.location.origin) return null;
  if (list.files.includes(pathname)) return kept(pathname);
  if (request.mode !== "navigate") return null;
  if (list.pages.includes(pathname)) return kept(pathname);
  if (pathname === "/") return ownLanguage(request);
  const today = list.pages.find((path) => /^\/[a-z]+\/$/.test(path) && pathname.startsWith(path));
  return today ? fetch(request).catch(() => kept(today)) : null; // an address that nobody has: Today, rather than an error
}

/** @param {string} path */
async function kept(path) {
  const cache = await caches.open(cacheName());
  return (await cache.match(path, { ignoreVary: true })) ?? fetch(path);
}

/** The icon on the home screen opens "/", which is Today in the language of the door. @param {Request} request */
async function ownLanguage(request) {
  const { language } = await readDoor();
  if (language) return Response.redirect(`/${language}/`);
  return fetch(request).catch(() => Response.redirect("/en/"));
}

// ---- List ----

const PREFIX = "tidelog-pages-";

/** Put in front of this script by the server: what to keep, and a version made from the contents of all of it. */
const list = /** @type {{ version: string, pages: string[], files: string[] }} */ (/** @type {any} */ (self).LIST);

function cacheName() {
  return PREFIX + list.version;
}

/** Has its contents in its name. @param {string} path */
function isForEver(path) {
  return /-[A-Z0-9]{8}\.(js|css)$/.test(path);
}

/** @param {string} path */
function expectedType(path) {
  const ending = path.split(".").at(-1) ?? "";
  return { js: "text/javascript", css: "text/css", svg: "image/svg", png: "image/png" }[ending] ?? "application/";
}
