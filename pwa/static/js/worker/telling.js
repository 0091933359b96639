// What a push brings. It is shown always, whatever came: an iPhone ends what pushes three times and shows nothing.
const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));

/** @param {PushMessageData | null} data in the form that Safari shows by itself */
export function show(data) {
  const { title = "Tidelog", navigate = "/", ...shown } = said(data);
  const off = shown.actions?.find(isOff)?.navigate;
  const more = { icon: "/static/icons/icon-192.png", data: { navigate, off } };
  return worker.registration.showNotification(title, { ...shown, ...more });
}

/**
 * A page that is open already is left as it is: something may be half written there. "Off" is done without a page.
 * @param {Notification} notice
 * @param {string} [action]
 */
export async function answer(notice, action) {
  notice.close();
  const { navigate, off } = notice.data;
  if (off && isOff({ action })) return switchOff(pathOf(off));
  const [open] = await worker.clients.matchAll({ type: "window" });
  if (open) await open.focus();
  else await worker.clients.openWindow(pathOf(navigate));
}

/** The address alone says whose; without an answer its page opens, which has the button. @param {string} path */
async function switchOff(path) {
  const done = await fetch(path, { method: "POST", credentials: "omit" }).catch(() => null);
  if (!done?.ok) await worker.clients.openWindow(path);
}

/** @param {{ action?: string }} one of what stands beneath a notification */
const isOff = ({ action }) => action === "off";

/** Ours alone, whatever host it names. @param {string} address */
const pathOf = (address) => new URL(address, worker.location.origin).pathname;

/** @param {PushMessageData | null} data @returns {Record<string, any>} */
function said(data) {
  try {
    return data?.json().notification ?? {};
  } catch {
    return {};
  }
}
