// A network that lies, over a real line. The table is shared with the browser's tests.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { after, before, test } from "node:test";
import { LONGEST_WAIT } from "../../pwa/static/js/store/answer.js";
import { postSync } from "../../pwa/static/js/store/post.js";
import { Server } from "./server.mjs";
import { aPhone, checkIn, moods, outboxOf, save } from "./phones.mjs";

const LIES = JSON.parse(readFileSync(new URL("../lies.json", import.meta.url), "utf8"));
const realFetch = globalThis.fetch;
const server = new Server();
/** What is between the phone and the server; null: nothing. */
let between = null;

const line = createServer(async (request, answer) => {
  let body = "";
  for await (const part of request) body += part;
  if (between) return between(JSON.parse(body), answer);
  const { status, json } = server.answer(body);
  answer.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(json));
});

before(async () => {
  await new Promise((done) => line.listen(0, "127.0.0.1", done));
  globalThis.fetch = (path, how) => realFetch(`http://127.0.0.1:${line.address().port}${path}`, how);
});
after(() => {
  globalThis.fetch = realFetch;
  line.closeAllConnections();
  line.close();
});

function told({ status = 200, type = "application/json", headers = {}, body = "", cut }) {
  return ({ batch, owner, versions }, answer) => {
    const receipts = versions.map((text) => ({ id: JSON.parse(text).id, outcome: "stored" }));
    const text = body
      .replace("{batch}", batch)
      .replace("{owner}", owner)
      .replace("{receipts}", JSON.stringify(receipts));
    const length = cut ? { "Content-Length": 500 } : {};
    if (!cut || text) answer.writeHead(status, { "Content-Type": type, ...headers, ...length });
    answer.write(text, () => (cut ? answer.socket.destroy() : answer.end()));
  };
}

/** A phone with one entry that could not be sent. */
async function waiting(t) {
  const phone = await aPhone(t, server, { post: postSync });
  between = (_, answer) => answer.socket.destroy();
  await save(phone, checkIn(6));
  return { phone, before: await outboxOf(phone) };
}

async function standsAsItWas({ phone, before }, means) {
  assert.equal(before.length, 1);
  assert.deepEqual(await outboxOf(phone), before);
  assert.deepEqual(await phone.status().then(({ state, waiting }) => [state, waiting]), [means, 1]);
}

async function goesOnceTheLineIsTrue(phone) {
  between = null;
  await phone.sync();
  assert.equal(await phone.status().then(({ state }) => state), "sent");
  assert.equal(server.texts(phone.owner).length, 1);
  assert.deepEqual(await moods(phone), [[6]]);
}

for (const one of LIES) {
  test(`invariant 8: ${one.lie} leaves the outbox as it is, and is told as ${one.means}`, async (t) => {
    const known = await waiting(t);
    between = told(one);
    const asked = Date.now();
    await known.phone.sync();
    await standsAsItWas(known, one.means);
    const { notBefore } = known.phone.sender;
    assert.ok(notBefore >= asked + (one.wait ?? 900), "waits as long as it was asked to");
    assert.ok(notBefore <= Date.now() + LONGEST_WAIT, "and never longer than 15 minutes");
    await goesOnceTheLineIsTrue(known.phone);
  });
}

test("invariant 8: a line that hangs is given up, and leaves the outbox as it is", { timeout: 20_000 }, async (t) => {
  t.after(() => line.closeAllConnections());
  const known = await waiting(t);
  const timeout = AbortSignal.timeout;
  const asked = [];
  AbortSignal.timeout = (milliseconds) => {
    asked.push(milliseconds);
    return timeout.call(AbortSignal, milliseconds === 30_000 ? 50 : milliseconds);
  };
  t.after(() => (AbortSignal.timeout = timeout));
  between = () => {};
  await known.phone.sync();
  assert.ok(asked.includes(30_000));
  await standsAsItWas(known, "offline");
  AbortSignal.timeout = timeout; // or a true line would be given up too, on a busy machine
  await goesOnceTheLineIsTrue(known.phone);
});

test("invariant 13: a line on which every call is too large holds each entry back, seen, and asks no more", async (t) => {
  const phone = await aPhone(t, server, { post: postSync });
  between = (_, answer) => answer.socket.destroy();
  for (const mood of [1, 2, 3]) await save(phone, checkIn(mood));
  let calls = 0;
  between = (asked, answer) => {
    calls += asked.versions.length ? 1 : 0;
    answer.writeHead(asked.versions.length ? 413 : 502, { "Content-Type": "text/html" }).end("Too large");
  };
  await phone.sync();
  assert.ok(calls <= 6, `${calls} calls`);
  assert.deepEqual(await phone.status().then(({ waiting, attention }) => [waiting, attention]), [3, 3]);
  await phone.sync();
  assert.ok(calls <= 6, `${calls} calls after another run`);
});
