import { localIso } from "./days.js";
import { door } from "./door.js";

const ADDRESS = "/push";
const HEADERS = { "Content-Type": "application/json", "X-Tidelog": "1" };

/** Whether this browser tells its owner. @param {string} owner @returns {Promise<"on" | "off" | "none">} none: it cannot */
export async function isTold(owner) {
  if (!(await manager())) return "none";
  return (await door.get()).told === owner && Notification.permission === "granted" ? "on" : "off";
}

/**
 * Asks the person, so it must be called by a tap of theirs; then the browser's push service, then us.
 * @param {string} owner
 * @returns {Promise<"on" | "denied" | "failed">}
 */
export async function tellHere(owner) {
  if ((await Notification.requestPermission()) !== "granted") return "denied";
  if (!(await subscribe())) return "failed";
  await door.set({ told: owner, told_on: today() });
  return "on";
}

/** Once a day when the app opens. What belongs to whoever was here before ends. @param {string} owner */
export async function renew(owner) {
  const { told, told_on } = await door.get();
  if (told !== owner) return endTelling();
  if (told_on !== today() && Notification.permission === "granted" && (await subscribe()))
    await door.set({ told_on: today() });
}

export async function endTelling() {
  const subscription = await (await manager())?.getSubscription().catch(() => null);
  await subscription?.unsubscribe().catch(() => false);
  await door.set({ told: null, told_on: null });
}

/** @returns {Promise<boolean>} whether our server knows this browser now */
async function subscribe() {
  try {
    const { key } = await (await fetch(ADDRESS, { redirect: "error", cache: "no-store" })).json();
    const push = key && (await manager());
    if (!push) return false;
    const how = { userVisibleOnly: true, applicationServerKey: key };
    const subscription = await push.subscribe(how).catch(() => anew(push, how));
    const told = { method: "POST", headers: HEADERS, body: JSON.stringify(subscription) };
    return (await fetch(ADDRESS, { ...told, redirect: "error", cache: "no-store" })).status === 204;
  } catch {
    return false;
  }
}

/** One for another key of ours stands in the way. @param {PushManager} push @param {PushSubscriptionOptionsInit} how */
async function anew(push, how) {
  await (await push.getSubscription())?.unsubscribe();
  return push.subscribe(how);
}

async function manager() {
  return (await globalThis.navigator?.serviceWorker?.getRegistration())?.pushManager;
}

const today = () => localIso().slice(0, 10);
