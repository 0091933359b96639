import assert from "node:assert/strict";
import { test } from "node:test";
import { entriesOf } from "../../pwa/static/js/store/entries.js";
import { newId } from "../../pwa/static/js/store/ids.js";
import * as outbox from "../../pwa/static/js/store/outbox.js";
import { Server } from "./server.mjs";
import { aPhone } from "./phones.mjs";

const RUNS = Number(process.env.RUNS ?? 25);
const STEPS = 40;
const AUDIENCES = ["me", "therapist", "care-team"];

for (let seed = 1; seed <= RUNS; seed++) {
  test(`invariants 1, 2, 4 and 5: phones that lose, repeat and cross their calls agree in the end (seed ${seed})`, async (t) => {
    const world = await aWorld(t, seed);
    for (let step = 0; step < STEPS; step++) await world.step();
    await world.calm();
    await world.judge();
  });
}

/** Two phones of one patient, the first with two tabs, a second patient on the same phone, and one server. */
async function aWorld(t, seed) {
  const chance = randomFrom(seed);
  const pick = (list) => list[Math.floor(chance() * list.length)];
  const server = new Server({ pageSize: 1 + Math.floor(chance() * 6) });
  const owner = newId();
  const other = newId();
  const written = [];
  let calm = false;
  let backup = null;
  const post = (body) => (calm ? server.answer(body) : misfortune(server, body, chance));
  const phones = [
    await aPhone(t, server, { owner, called: "-1", post }),
    await aPhone(t, server, { owner, called: "-1", post }),
    await aPhone(t, server, { owner, called: "-2", post }),
    await aPhone(t, server, { owner: other, post }),
  ];
  /** What a form shows, as it was when the form opened: perhaps some steps ago. */
  const screens = [];

  async function write(phone, said) {
    const version = await phone.save({ kind: "journal", day: "2026-11-20", ...said });
    written.push({
      owner: phone === phones[3] ? other : owner,
      text: JSON.stringify(version),
      parents: said.parents ?? [],
    });
  }
  const words = () => ({ text: `words ${written.length}`, audience: pick(AUDIENCES) });

  const steps = [
    () => write(pick(phones), { body: words() }),
    async () => {
      const phone = pick(phones);
      const entries = await phone.entries("journal");
      if (entries.length) screens.push({ phone, entry: pick(entries) });
    },
    async () => {
      if (!screens.length) return;
      const [{ phone, entry }] = screens.splice(Math.floor(chance() * screens.length), 1);
      await write(phone, { record: entry.record, parents: entry.parents, body: chance() < 0.2 ? null : words() });
    },
    () => pick(phones).sync(),
    () => Promise.all(phones.map((phone) => phone.sync())),
    async () => {
      if (chance() < 0.2) backup = server.backup();
      else if (backup && chance() < 0.1) server.restore(backup);
    },
  ];

  return {
    step: () => pick(steps)(),
    async calm() {
      calm = true;
      for (const phone of [...phones, ...phones, ...phones]) await phone.sync();
    },
    async judge() {
      for (const phone of phones) assert.equal(await outbox.count(phone.owner), 0);
      for (const person of [owner, other]) {
        const mine = written.filter((one) => one.owner === person).map(({ text }) => text);
        assert.deepEqual(server.texts(person), mine.sort(), "every version, once, byte for byte, and no other");
        const truth = shownOf(
          entriesOf(server.texts(person).map((text) => ({ ...JSON.parse(text), waiting: false, faults: null }))),
        );
        const theirs = phones.filter((_, at) => (at === 3) === (person === other));
        for (const phone of theirs) assert.deepEqual(shownOf(await phone.entries("journal")), truth);
      }
      assertNothingIsHidden(await phones[0].entries("journal"), written);
    },
  };
}

const shownOf = (entries) =>
  entries.map(({ record, heads, audience }) => [record, audience, heads.map(({ body }) => body.text)]);

/** Each text is shown, or whoever wrote over it had it on the screen, or it was withdrawn by someone who had. */
function assertNothingIsHidden(entries, written) {
  const shown = new Set(entries.flatMap(({ heads }) => heads.map(({ id }) => id)));
  const named = new Set(written.flatMap(({ parents }) => parents));
  for (const { text, owner } of written) {
    const { id, body } = JSON.parse(text);
    if (owner !== written[0].owner || !body || named.has(id)) continue;
    const isMine = entries.some(({ record }) => record === JSON.parse(text).record);
    assert.ok(!isMine || shown.has(id), `hidden: ${body.text}`);
  }
}

/** What can happen to a call on its way. */
async function misfortune(server, body, chance) {
  const fate = chance();
  if (fate < 0.2) return null; // the request was lost
  const answer = server.answer(body);
  if (fate < 0.35) return null; // stored, but the answer was lost
  if (fate < 0.45) return server.answer(body); // the request came twice
  if (fate < 0.5) return { status: 502, json: null };
  if (fate < 0.55) return { status: 200, json: null };
  for (let turns = Math.floor(chance() * 8); turns > 0; turns--) await new Promise(setImmediate);
  return answer; // perhaps late, when another tab went on
}

/** mulberry32 */
function randomFrom(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
