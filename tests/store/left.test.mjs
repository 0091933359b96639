// A page that one left, and that the browser keeps as it was: what it had begun must shut no other page out.
import assert from "node:assert/strict";
import { test } from "node:test";
import "fake-indexeddb/auto";
import { newId } from "../../pwa/static/js/store/ids.js";

const page = new EventTarget();
globalThis.addEventListener = page.addEventListener.bind(page);
const { nameOf, within } = await import("../../pwa/static/js/store/databases.js");
const turn = (name) => page.dispatchEvent(Object.assign(new Event(name), { persisted: true }));

test("reading in mid-work is let go, begun again when one comes back, and never before", async (t) => {
  const name = nameOf("outbox", newId());
  let begun = 0;
  const { transaction } = IDBDatabase.prototype;
  t.after(() => (IDBDatabase.prototype.transaction = transaction));
  IDBDatabase.prototype.transaction = function (...asked) {
    begun += 1;
    return transaction.apply(this, asked);
  };
  let goesOn = true;
  t.after(() => (goesOn = false));
  let read;
  const midWork = new Promise((reading) => {
    read = within(name, "readonly", async (tx) => {
      do reading(await tx.objectStore("keys").count());
      while (goesOn);
      return "read";
    });
  });
  await midWork;
  begun = 0;
  turn("pagehide");
  const late = within(name, "readonly", (tx) => tx.objectStore("keys").count());
  const words = within(name, "readwrite", (tx) => tx.objectStore("versions").put({ id: "words" }));
  assert.equal(await words, "words", "what is to be written waits for nobody");
  assert.equal(begun, 1, "what was to be read, and was asked for before, has not begun");
  goesOn = false;
  turn("pageshow");
  assert.deepEqual(await Promise.all([read, late]), ["read", 0]);
});
