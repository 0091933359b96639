import assert from "node:assert/strict";
import { test } from "node:test";
import { clinicOf, entriesOf, seenAt } from "../../pwa/static/js/store/entries.js";

let minute = 0;
const version = (id, more = {}) => {
  const at = `2026-11-20T08:${String(minute++ % 60).padStart(2, "0")}:00Z`;
  return {
    id,
    record: "r",
    kind: "journal",
    parents: [],
    day: "2026-11-20",
    felt_at: at,
    written_at: at,
    body: { text: id, audience: "care-team" },
    waiting: false,
    faults: null,
    ...more,
  };
};
const shown = (versions) => entriesOf(versions).map(({ heads }) => heads.map(({ id }) => id));

test("an edit stands for what it was written over", () => {
  assert.deepEqual(shown([version("a"), version("b", { parents: ["a"] })]), [["b"]]);
});

test("a withdrawal leaves the record out", () => {
  assert.deepEqual(shown([version("a"), version("b", { parents: ["a"], body: null })]), []);
});

test("an edit against a withdrawal stands, unshared, and the next edit names both", () => {
  const [entry] = entriesOf([
    version("a"),
    version("b", { parents: ["a"], body: null }),
    version("c", { parents: ["a"] }),
  ]);
  assert.deepEqual(
    entry.heads.map(({ id }) => id),
    ["c"],
  );
  assert.equal(entry.audience, "me");
  assert.deepEqual(entry.parents.toSorted(), ["b", "c"]);
});

test("invariant 5: two phones' texts are both shown, the later first", () => {
  assert.deepEqual(shown([version("a"), version("b", { parents: ["a"] }), version("c", { parents: ["a"] })]), [
    ["c", "b"],
  ]);
});

test("a text that the server could not take is shown with what is wrong, and hides nothing", () => {
  const faults = [{ field: "text", code: "long" }];
  const [entry] = entriesOf([version("a"), version("b", { parents: ["a"], faults })]);
  assert.deepEqual(
    entry.heads.map(({ id }) => id),
    ["b", "a"],
  );
  assert.deepEqual(entry.attention, faults);
  assert.deepEqual(entry.parents, ["b", "a"]);
});

test("invariant 6: the same versions in any order give the same entries", () => {
  const versions = [
    version("a"),
    version("b", { parents: ["a"] }),
    version("c", { parents: ["a"], body: null }),
    version("d", { parents: ["b", "c"] }),
    version("e", { parents: ["b"] }),
    version("x", { record: "s", kind: "check-in", body: { mood: 3 } }),
  ];
  const expected = entriesOf(versions);
  for (let turn = 0; turn < 50; turn++) {
    const order = versions.map((one) => [Math.random(), one]).sort(([one], [other]) => one - other);
    assert.deepEqual(entriesOf(order.map(([, one]) => one)), expected);
  }
});

test("the newest day comes first, then the latest hour; other kinds have no audience", () => {
  const entries = entriesOf([
    version("a", { record: "1", day: "2026-11-19" }),
    version("b", { record: "2" }),
    version("c", { record: "3", body: { mood: 1 } }),
  ]);
  assert.deepEqual(
    entries.map(({ record }) => record),
    ["3", "2", "1"],
  );
  assert.deepEqual(
    entries.map(({ audience }) => audience),
    [undefined, "care-team", "care-team"],
  );
});

test("what the clinic saw goes by the entry, the last time said, and not once it took that back", () => {
  const seen = (record, entry, at, more) =>
    version(record + at, { record, kind: "seen", body: { entry, at, versions: [entry] }, ...more });
  const { seen: known } = clinicOf([
    seen("1", "a", "2026-11-20T09:00:00Z"),
    seen("2", "a", "2026-11-20T14:10:00Z"),
    seen("3", "b", "2026-11-20T14:10:00Z"),
    version("4", { record: "3", kind: "seen", parents: ["32026-11-20T14:10:00Z"], body: null }),
  ]);
  assert.deepEqual(known, { a: { at: "2026-11-20T14:10:00Z", versions: ["a"], by: undefined } });
});

test("an edit that was written before the clinic looked and came after it has not been seen", () => {
  const first = version("1", { record: "a", body: { mood: 4 } });
  const edit = version("2", { record: "a", parents: ["1"], body: { mood: 2 } });
  const seen = { a: { at: "2026-11-20T14:00:00Z", versions: ["1"] } };
  assert.equal(seenAt(entriesOf([first])[0], seen), "2026-11-20T14:00:00Z");
  assert.equal(seenAt(entriesOf([first, edit])[0], seen), null);
  assert.equal(seenAt(entriesOf([first, { ...first, id: "3" }])[0], seen), null, "of two, one is new");
  const [entry] = entriesOf([first]);
  assert.equal(seenAt(entry, clinicOf([version("4", { kind: "seen", body: { entry: "a", at: "x" } })]).seen), null);
});
