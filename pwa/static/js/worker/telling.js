// What a push brings. It is shown always, whatever came: an iPhone ends what pushes three times and shows nothing.
const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));

/** @param {PushMessageData | null} data in the form that Safari shows by itself */
export function show(data) {
  const { title = "Tidelog", navigate = "/", ...shown } = said(data);
  return worker.registration.showNotification(title, { ...shown, icon: "/static/icons/icon-192.png", data: navigate });
}

/** A page that is open already is left as it is: something may be half written there. @param {Notification} notice */
export async function answer(notice) {
  notice.close();
  const [open] = await worker.clients.matchAll({ type: "window" });
  if (open) await open.focus();
  else await worker.clients.openWindow(new URL(notice.data, worker.location.origin).pathname);
}

/** @param {PushMessageData | null} data @returns {Record<string, any>} */
function said(data) {
  try {
    return data?.json().notification ?? {};
  } catch {
    return {};
  }
}
