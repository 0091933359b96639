import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { audience, heads, shownFirst } from "../../pwa/static/js/store/heads.js";

const golden = JSON.parse(readFileSync(new URL("../heads.json", import.meta.url), "utf8"));

for (const { name, parents, heads: expected } of golden.heads) {
  test(`heads: ${name}`, () => {
    const versions = Object.entries(parents);
    for (const order of [versions, versions.toReversed()]) {
      assert.deepEqual([...heads(new Map(order))].sort(), expected);
    }
  });
}

for (const { name, heads: audiences, stands } of golden.audiences) {
  test(`audience: ${name}`, () => {
    assert.equal(audience(audiences.map((one) => one && { audience: one })), stands);
  });
}

test("the later writing is shown first, whatever the zones; of the same moment the greater id", () => {
  const versions = [
    { id: "a", written_at: "2026-11-20T08:00:00-05:00" },
    { id: "b", written_at: "2026-11-20T14:00:01+01:00" },
    { id: "c", written_at: "2026-11-20T08:00:00-05:00" },
  ];
  assert.deepEqual(
    versions.sort(shownFirst).map(({ id }) => id),
    ["b", "c", "a"],
  );
});
