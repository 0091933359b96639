// The file that anyone can read.
import assert from "node:assert/strict";
import { test } from "node:test";

globalThis.document = /** @type {any} */ ({ documentElement: { lang: "en" }, getElementById: () => null });
const { readable } = await import("../../pwa/static/js/elements/readable.js");

const WORDS = {
  fields: {
    "check-in": { mood: { label: "Mood", number: "{n} of 10" }, note: { label: "A line" } },
    effects: {
      treatment: { label: "Session" },
      effects: {
        label: "Effects",
        fields: {
          effect: { label: "Effect", choices: { nausea: "Feeling sick", drove: "Drove" } },
          severity: { label: "How strong", choices: { 1: "Mild", 2: "Moderate" } },
          ongoing: { label: "Still going on" },
        },
      },
    },
    journal: { text: { label: "Words" }, audience: { label: "Who can read this", choices: { me: "Only me" } } },
  },
  yes_no: ["drove"],
  file: {
    title: "My entries",
    title_waiting: "Not sent",
    written: "Written on {day}, {time}.",
    count: { one: "{n} entry", other: "{n} entries" },
    withdrawn: { one: "{n} taken back", other: "{n} taken back" },
    unreadable: { one: "{n} not opened", other: "{n} not opened" },
    none: "No entries.",
    unread: "The rest could not be read.",
    on_screen: "On the screen",
    waiting: "Not sent yet",
    sent: "Sent",
    attention: "Needs you",
    held: "Too large",
    also: "Also written",
    "care-team": "Your care team can read this",
    kinds: { "check-in": "Check-in", effects: "Side effects", journal: "Journal" },
    yes: "Yes",
    no: "No",
    session: "Session {n}, {day}",
  },
};
const entry = (kind, body, more = {}) => ({
  kind,
  day: "2026-11-20",
  heads: [{ body, felt_at: "2026-11-20T08:40:00-05:00" }],
  waiting: false,
  attention: null,
  ...more,
});
const TOLD = {
  entries: [],
  withdrawn: 0,
  unreadable: 0,
  unread: false,
  onlyWaiting: false,
  onScreen: null,
  treatments: [],
};
const written = (more, words = WORDS) => readable({ ...TOLD, ...more }, words, "en", "2026-11-26T14:02:11-05:00");
/** What a person sees of it, line by line. */
const lines = (page) =>
  page
    .replace(/[^]*<body>/, "")
    .replaceAll(/<[^>]+>/g, "\n")
    .split(/\n+/)
    .filter((line) => line.trim());

test("it says when, what, who can read it and whether it was sent, in words, the oldest first", () => {
  const entries = [
    entry("journal", { text: "Two\nlines", audience: "me" }, { audience: "me", waiting: true }),
    entry("check-in", { mood: 6, note: "Rain" }, { day: "2026-11-19" }),
  ];
  assert.deepEqual(lines(written({ entries, withdrawn: 1 })), [
    "My entries",
    "Written on Thursday 26 November 2026, 14:02.",
    "2 entries",
    "1 taken back",
    "Thursday 19 November 2026",
    "Check-in, 8:40",
    "Mood: 6 of 10",
    "A line: Rain",
    "Your care team can read this",
    "Sent",
    "Friday 20 November 2026",
    "Journal, 8:40",
    "Two",
    "lines",
    "Who can read this: Only me",
    "Not sent yet",
  ]);
});

test("effects are said by their names, with the session they are about", () => {
  const treatments = [{ record: "t", number: 3, at: "2026-11-19T14:00:00-05:00" }];
  const body = { treatment: "t", effects: [{ effect: "nausea", severity: 2, ongoing: false }] };
  const page = written({ entries: [entry("effects", body)], treatments });
  assert.ok(lines(page).includes("Session 3, Thursday 19 November 2026"));
  assert.ok(lines(page).includes("Feeling sick: Moderate, Still going on: No"));
});

test("what is so or not is said with yes or no", () => {
  const body = { effects: [1, 0].map((severity) => ({ effect: "drove", severity })) };
  const said = lines(written({ entries: [entry("effects", body)] }));
  assert.ok(said.includes("Drove: Yes") && said.includes("Drove: No"));
});

test("two texts of one entry are both in it, and what stands on the screen comes first", () => {
  const heads = ["One", "Other"].map((text) => ({ body: { text }, felt_at: "2026-11-20T08:40:00-05:00" }));
  const page = written({
    entries: [entry("journal", {}, { heads, audience: "me" })],
    onlyWaiting: true,
    onScreen: { kind: "journal", body: { text: "Half", audience: "me" } },
    unreadable: 2,
  });
  const said = lines(page);
  assert.equal(said[0], "Not sent");
  assert.ok(said.includes("2 not opened"));
  const order = ["On the screen", "Half", "One", "Also written", "Other"].map((words) => said.indexOf(words));
  assert.deepEqual(
    order,
    order.toSorted((a, b) => a - b),
  );
  assert.ok(!order.includes(-1));
});

test("no word of a patient is markup, and the page needs nothing from elsewhere", () => {
  const page = written({
    entries: [entry("journal", { text: `<script>alert("1")</script> & <b>` }, { audience: "me" })],
  });
  assert.doesNotMatch(page, /<script|<b>/);
  assert.match(page, /^<!doctype html><html lang="en"><head><meta charset="utf-8">/);
  assert.doesNotMatch(page, /src=|href=|@import|url\(/);
});

test("answers that no word is known for are written as they are, rather than left out", () => {
  const body = { mood: 6, colour: "blue" };
  assert.ok(lines(written({ entries: [entry("check-in", body)] })).includes("colour: blue"));
  const odd = entry("effects", { effects: [null, "much"] }, { day: undefined });
  assert.ok(lines(written({ entries: [odd] })).includes("[{&#34;effects&#34;:[null,&#34;much&#34;]}]"));
  const bare = lines(written({ entries: [entry("sleep", body)] }, {}));
  assert.ok(bare.includes("mood: 6") && bare.includes("colour: blue"));
});

test("what needs its writer says so, and a store that could not be read is said too", () => {
  const held = [{ field: "", code: "too-large" }];
  const entries = [
    entry("check-in", { mood: 6 }, { attention: held }),
    entry("check-in", { mood: 5 }, { attention: [] }),
  ];
  const said = lines(written({ entries }));
  assert.ok(said.includes("Too large") && said.includes("Needs you"));
  assert.ok(lines(written({ unread: true })).includes("The rest could not be read."));
  assert.ok(lines(written({})).includes("No entries."));
});
