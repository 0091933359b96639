import assert from "node:assert/strict";
import { test } from "node:test";
import { nextRead } from "../../pwa/static/js/elements/reading.js";

const CARD = { reads: { days: [1, 2, 3, 4, 5], at: "09:00" }, zone: "America/Toronto" };

/** @param {string} now @param {object} [card] */
const read = (now, card = CARD) => nextRead(card, new Date(now))?.toISOString() ?? null;

test("the next reading is the next working day at nine, over both changes of the clock", () => {
  assert.equal(read("2026-11-20T07:48-05:00"), "2026-11-20T14:00:00.000Z");
  assert.equal(read("2026-11-20T09:00-05:00"), "2026-11-23T14:00:00.000Z");
  assert.equal(read("2026-11-20T22:00-05:00"), "2026-11-23T14:00:00.000Z");
  assert.equal(read("2026-10-31T12:00-04:00"), "2026-11-02T14:00:00.000Z");
  assert.equal(read("2026-03-07T12:00-05:00"), "2026-03-09T13:00:00.000Z");
});

test("with hours of cover it is when somebody is back, in the clinic's zone, and not while somebody is there", () => {
  const card = { ...CARD, cover: { days: [1, 3], opens: "10:00", closes: "16:00" } };
  assert.equal(read("2026-11-20T09:30-05:00", card), "2026-11-23T15:00:00.000Z");
  assert.equal(read("2026-11-23T06:59-08:00", card), "2026-11-23T15:00:00.000Z");
  assert.equal(read("2026-11-23T07:00-08:00", card), null);
  assert.equal(read("2026-11-23T15:59-05:00", card), null);
  assert.equal(read("2026-11-23T16:00-05:00", card), "2026-11-25T15:00:00.000Z");
  assert.equal(read("2026-11-20T09:30-05:00", { zone: CARD.zone, cover: card.cover }), "2026-11-23T15:00:00.000Z");
});

test("on a day on which the clinic is closed nobody is there, and it is the next other day that somebody is back", () => {
  const cover = { days: [1, 2, 3, 4, 5], opens: "09:00", closes: "17:00", closed: ["2026-12-25", "2026-12-28"] };
  assert.equal(read("2026-12-25T10:00-05:00", { ...CARD, cover }), "2026-12-29T14:00:00.000Z");
  assert.equal(read("2026-12-24T10:00-05:00", { ...CARD, cover }), null);
  const weekly = { days: [5], opens: "09:00", closes: "17:00", closed: ["2026-12-25", "2027-01-01"] };
  assert.equal(read("2026-12-22T10:00-05:00", { ...CARD, cover: weekly }), "2027-01-08T14:00:00.000Z");
});

test("a clinic that reads once a week may be seven days away, and one that never reads promises nothing", () => {
  assert.equal(
    read("2026-11-20T09:30-05:00", { ...CARD, reads: { days: [5], at: "09:00" } }),
    "2026-11-27T14:00:00.000Z",
  );
  assert.equal(read("2026-11-20T09:30-05:00", { ...CARD, reads: { days: [], at: "09:00" } }), null);
  assert.equal(nextRead(null), null);
});

test("where the clock jumps over the hour it is just as far past the jump; where it comes twice, the first", () => {
  const every = [1, 2, 3, 4, 5, 6, 7];
  const at = (zone) => ({ reads: { days: every, at: "02:30" }, zone });
  assert.equal(read("2026-03-08T00:00-05:00", at("America/Toronto")), "2026-03-08T07:30:00.000Z");
  assert.equal(read("2026-03-29T00:00+01:00", at("Europe/Berlin")), "2026-03-29T01:30:00.000Z");
  assert.equal(read("2026-10-25T00:00+02:00", at("Europe/Berlin")), "2026-10-25T00:30:00.000Z");
});

test("in every zone it is ahead, within eight days, and shows the clinic's hour", () => {
  for (const zone of Intl.supportedValuesOf("timeZone")) {
    const now = new Date("2026-11-20T15:00Z");
    const moment = nextRead({ reads: { days: [1], at: "09:00" }, zone }, now);
    const clock = new Intl.DateTimeFormat("en-CA", {
      timeZone: zone,
      weekday: "short",
      hour: "2-digit",
      hourCycle: "h23",
    });
    assert.match(clock.format(moment), /Mon.*09/, zone);
    assert.ok(moment > now && moment - now < 8 * 86_400_000, zone);
  }
});
