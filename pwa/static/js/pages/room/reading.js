/** So long the end of an entry must be in view, on a page that is visible, before it counts as read, in ms. */
const LOOK = 5000;

/** By form: when its entry will have been looked at. @type {Map<HTMLFormElement, number>} */
const looked = new Map();
const inView = new IntersectionObserver((changes) => changes.forEach(follow), { threshold: 1 });

/** Behind each entry that its reader never read stands the form that says so. */
export function keepReading() {
  document.addEventListener("visibilitychange", watch);
  watch();
}

function watch() {
  inView.disconnect();
  for (const form of looked.keys()) forget(form);
  if (document.hidden) return;
  for (const form of document.querySelectorAll("form[data-fresh]")) inView.observe(form);
}

/** @param {IntersectionObserverEntry} change */
function follow({ target, isIntersecting }) {
  const form = /** @type {HTMLFormElement} */ (target);
  forget(form);
  if (isIntersecting) looked.set(form, setTimeout(tell, LOOK, form));
}

/** @param {HTMLFormElement} form */
function forget(form) {
  clearTimeout(looked.get(form));
  looked.delete(form);
}

/** What was taken back meanwhile is no longer on the page, nor its form. @param {HTMLFormElement} form */
async function tell(form) {
  forget(form);
  if (!form.isConnected) return;
  try {
    const answer = await fetch(form.action, { method: "POST", body: new FormData(form), redirect: "manual" });
    if (answer.type === "opaqueredirect") showRead(form); // it would lead to this page
  } catch {
    // it stays to be read, and is told at the next look
  }
}

/** In its place comes what marks the entry unread. @param {HTMLFormElement} form */
function showRead(form) {
  const next = /** @type {HTMLTemplateElement | null} */ (form.parentElement?.querySelector("template"));
  const isThere = form.contains(document.activeElement);
  if (!next) return;
  form.replaceWith(next.content);
  if (isThere) next.parentElement?.querySelector("button")?.focus();
}
