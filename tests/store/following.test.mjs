import { leavePages } from "./window.mjs";
import assert from "node:assert/strict";
import { test } from "node:test";

globalThis.document = /** @type {any} */ (new EventTarget());
const { following } = await import("../../pwa/static/js/elements/following.js");

/** Somebody who types, and how much of that is kept. */
function aTypist(t) {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const typist = {
    typed: 0,
    kept: 0,
    times: 0,
    draft: following(() => ((typist.kept = typist.typed), typist.times++)),
  };
  return Object.assign(typist, {
    type(letters, apart) {
      for (let letter = 0; letter < letters; letter++) {
        typist.typed++;
        typist.draft.typed();
        t.mock.timers.tick(apart);
      }
    },
  });
}

test("a draft is kept at the first letter, and while one types on at most a quarter of a second is missing", (t) => {
  const typist = aTypist(t);
  typist.type(1, 0);
  assert.equal(typist.kept, 1);
  typist.type(63, 80);
  assert.ok(typist.typed - typist.kept <= 250 / 80, `${typist.kept} of ${typist.typed}`);
  assert.ok(typist.times <= 1 + (64 * 80) / 250, `${typist.times} times`);
});

test("the last letters are kept when one stops typing, and when the page is left", async (t) => {
  const typist = aTypist(t);
  typist.type(2, 10);
  t.mock.timers.tick(250);
  assert.equal(typist.kept, 2);
  typist.type(2, 10);
  await leavePages();
  assert.equal(typist.kept, 4);
});

test("what was saved is not kept once more", (t) => {
  const typist = aTypist(t);
  typist.type(2, 10);
  typist.draft.stop();
  t.mock.timers.tick(500);
  assert.equal(typist.times, 1);
});
