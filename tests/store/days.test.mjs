import assert from "node:assert/strict";
import { test } from "node:test";
import { addDays, daysBetween, localIso, morningAfter, today, weekday } from "../../pwa/static/js/store/days.js";

const FIRST = "2024-01-01";
const DAYS = Array.from({ length: 2557 }, (_, count) => addDays(FIRST, count));
const ZONES = Intl.supportedValuesOf("timeZone");

/** Runs `work` as if this phone were in the zone. */
function within(zone, work) {
  const before = process.env.TZ;
  process.env.TZ = zone;
  new Date().getTimezoneOffset();
  try {
    return work();
  } finally {
    process.env.TZ = before ?? "UTC";
  }
}

/** The moment at which this phone's wall clock shows this. */
const wall = (day, hour) => new Date(...numbers(day), hour);

/** As `new Date` takes them. */
const numbers = (day) => day.split("-").map((number, place) => Number(number) - (place === 1 ? 1 : 0));

test("the days of 2024 to 2030 follow one another", () => {
  assert.equal(DAYS.at(-1), "2030-12-31");
  assert.equal(DAYS[59], "2024-02-29");
  for (const [count, day] of DAYS.entries()) {
    assert.equal(daysBetween(FIRST, day), count);
    assert.equal(weekday(day), (count % 7) + 1);
    assert.equal(addDays(day, -count), FIRST);
  }
});

test("invariant 10: at noon and at four it is that day, at two it is still the day before, in all zones on all days", () => {
  const days = DAYS.map((day) => ({ day, before: addDays(day, -1), at: numbers(day) }));
  for (const zone of ZONES) {
    within(zone, () => {
      for (const { day, before, at } of days) {
        const [two, four, noon] = [2, 4, 12].map((hour) => new Date(...at, hour));
        if (noon.getDate() !== at[2]) continue; // a day that this zone skipped
        if (today(noon) !== day) assert.fail(`${zone} ${day} at noon`);
        if (today(four) !== day) assert.fail(`${zone} ${day} at four`);
        if (two.getHours() === 2 && today(two) !== before) assert.fail(`${zone} ${day} at two`);
      }
    });
  }
});

test("the day in a named zone is the day of a phone that is there", () => {
  for (const zone of ZONES) {
    const moments = [0, 1, 2, 3, 5, 8, 13, 21].map((hours) => new Date(Date.UTC(2026, 2, 8, hours, 59)));
    for (const moment of moments)
      assert.equal(
        today(moment, zone),
        within(zone, () => today(moment)),
        zone,
      );
  }
});

test("a moment is written with the offset of its place, and means the same moment", () => {
  for (const zone of [
    "America/Toronto",
    "America/St_Johns",
    "Asia/Kathmandu",
    "Pacific/Kiritimati",
    "Australia/Lord_Howe",
  ]) {
    within(zone, () => {
      for (let at = Date.UTC(2024, 0); at < Date.UTC(2031, 0); at += 37 * 3_600_000) {
        assert.equal(Date.parse(localIso(new Date(at))), at, zone);
      }
    });
  }
  within("America/Toronto", () =>
    assert.equal(localIso(new Date(Date.UTC(2026, 10, 20, 12, 48, 12))), "2026-11-20T07:48:12-05:00"),
  );
});

test("the morning after is six o'clock, also after a treatment that ended past midnight", () => {
  within("America/Toronto", () => {
    assert.equal(localIso(morningAfter(wall("2026-11-20", 16))), "2026-11-21T06:00:00-05:00");
    assert.equal(localIso(morningAfter(wall("2026-11-21", 1))), "2026-11-21T06:00:00-05:00");
    assert.equal(localIso(morningAfter(wall("2026-03-07", 16))), "2026-03-08T06:00:00-04:00");
  });
});
