import assert from "node:assert/strict";
import { test } from "node:test";
import { askForCode } from "../../pwa/static/js/store/code.js";

const problem = (status, error) => () => Response.json({ error, message: "…" }, { status });

const ANSWERS = {
  "sign-in": problem(401, "sign-in"),
  "too-often": problem(429, "slow-down"),
  closed: problem(403, "closed"),
  busy: problem(503, "unavailable"),
  offline: () => {
    throw new TypeError("Failed to fetch");
  },
};
for (const [because, answer] of Object.entries(ANSWERS)) {
  test(`there is no code, and why is said as it is: ${because}`, async () => {
    globalThis.fetch = async () => answer();
    assert.deepEqual(await askForCode(), { code: null, because });
  });
}

test("invariant 8: what another answers in the server's place is no code and no reason", async () => {
  const pages = ["<html>Sign in to this Wi-Fi", '"sign-in"', '{"code":"<b>"}', '{"error":"toString"}'];
  for (const page of pages) {
    globalThis.fetch = async () => new Response(page, { status: 401 });
    assert.deepEqual(await askForCode(), { code: null, because: "offline" });
  }
});

test("a code is given as it came", async () => {
  globalThis.fetch = async () => Response.json({ code: "ABCD2346", minutes: 10 });
  assert.equal((await askForCode()).code, "ABCD2346");
});
