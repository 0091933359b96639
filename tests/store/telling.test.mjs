import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

const [shown, opened, sent] = [[], [], []];
let answers = true;
globalThis.self = {
  location: { origin: "https://tidelog.test" },
  registration: { showNotification: (title, how) => shown.push({ title, ...how }) },
  clients: { matchAll: async () => [], openWindow: async (path) => opened.push(path) },
};
globalThis.fetch = async (path, how) => {
  if (!answers) throw new TypeError("no network");
  sent.push([how.method, path]);
  return new Response("", { status: 200 });
};
const { answer, show } = await import("../../pwa/static/js/worker/telling.js");

const OFF = "/reminders/off/abc.def";
const reminder = {
  title: "Tidelog",
  navigate: "https://tidelog.test/",
  actions: [{ action: "off", title: "No more reminders", navigate: `https://tidelog.test${OFF}` }],
};

beforeEach(() => {
  answers = true;
  for (const list of [shown, opened, sent]) list.length = 0;
});

async function tapped(notification, action) {
  shown.length = 0;
  await show({ json: () => ({ notification }) });
  const notice = { ...shown[0], close() {} };
  await answer(notice, action);
}

test("one tap beneath a reminder ends them, and opens nothing", async () => {
  await tapped(reminder, "off");
  assert.deepEqual([sent, opened], [[["POST", OFF]], []]);
});

test("without a network that tap opens the page with the button", async () => {
  answers = false;
  await tapped(reminder, "off");
  assert.deepEqual([sent, opened], [[], [OFF]]);
});

test("a tap on a notification opens its page and ends nothing", async () => {
  await tapped(reminder, "");
  await tapped({ title: "Tidelog", navigate: "https://elsewhere.test/clinic/" }, "off");
  assert.deepEqual([sent, opened], [[], ["/", "/clinic/"]]);
});
