// From versions to what a page shows. Pure.
import { audience, heads, shownFirst } from "./heads.js";

/** @typedef {import("./types.js").Standing} Standing */
/** @typedef {import("./types.js").Entry} Entry */
/**
 * When the clinic looked, which versions it had then, and the role of whoever read them.
 * @typedef {{ at: string, versions: string[], by?: string }} Seen
 */

/**
 * One entry for each record that was not withdrawn, the newest first.
 * @param {Standing[]} versions in any order
 * @returns {Entry[]}
 */
export function entriesOf(versions) {
  return [...grouped(versions).values()]
    .map(entryOf)
    .filter((entry) => entry !== null)
    .sort((one, other) => order(other).localeCompare(order(one)) || shownFirst(one.heads[0], other.heads[0]));
}

/**
 * Entries as if what the server could not take were not there: charts and counts go by them, lists show the others too.
 * @param {Entry[]} entries
 * @returns {Entry[]}
 */
export function sound(entries) {
  return entries.flatMap((entry) => {
    const heads = entry.heads.filter(({ faults }) => !faults);
    return heads.length ? [{ ...entry, heads, day: heads[0].day }] : [];
  });
}

/**
 * What the clinic said: its card and the course by the newest writing, treatments by their time; when it saw which entry;
 * visits, what a therapist offered, and goals, the newest first.
 * @param {Standing[]} versions
 */
export function clinicOf(versions) {
  const said = versions.filter((version) => !version.faults); // what was parked under these kinds no clinic wrote
  const of = (/** @type {string} */ kind) => entriesOf(said.filter((version) => version.kind === kind));
  const newest = (/** @type {string} */ kind) =>
    of(kind)
      .map((entry) => entry.heads[0])
      .sort(shownFirst)[0]?.body ?? null;
  const treatments = of("treatment")
    .map(({ record, heads: [{ body }] }) => /** @type {any} */ ({ record, ...body }))
    .sort((one, other) => Date.parse(one.at) - Date.parse(other.at));
  /** @type {Record<string, Seen>} */
  const seen = Object.fromEntries(
    of("seen")
      .map(({ heads: [{ body }] }) => [body?.entry, { at: body?.at, versions: body?.versions ?? [], by: body?.by }])
      .toReversed(),
  );
  const all = (/** @type {string} */ kind) =>
    of(kind).map(
      ({ record, day, heads: [{ body, written_at }] }) => /** @type {any} */ ({ record, day, written_at, ...body }),
    );
  const [visits, offers, goals] = ["visit", "offer", "goal"].map(all);
  return { card: newest("card"), course: newest("course"), treatments, seen, visits, offers, goals };
}

/**
 * When the clinic saw an entry as it stands now; null if it did not say so, or if anything that stands now reached the
 * clinic only later, whenever it was written.
 * @param {Entry} entry
 * @param {Record<string, Seen>} seen  by record, as the clinic told this phone
 */
export function seenAt({ record, waiting, attention, heads }, seen) {
  const told = seen[record];
  const isOfThis = told && heads.every(({ id }) => told.versions.includes(id));
  return isOfThis && !waiting && !attention ? told.at : null;
}

/**
 * A faulty version is no head and supersedes nothing; it is shown beside the heads until a later version names it.
 * @param {Standing[]} versions of one record
 * @returns {Entry | null} null: withdrawn
 */
function entryOf(versions) {
  const taken = versions.filter((version) => !version.faults);
  const named = new Set(taken.flatMap((version) => version.parents));
  const open = versions.filter((version) => version.faults && !named.has(version.id));
  const standing = heads(new Map(taken.map((version) => [version.id, version.parents])));
  const shown = [...taken.filter((version) => standing.has(version.id)), ...open].sort(shownFirst);
  const written = shown.filter((version) => version.body);
  if (!written.length) return null;
  const { record, kind, day, body } = written[0];
  return {
    record,
    kind,
    day,
    heads: written,
    parents: [...new Set(shown.map((version) => version.id))],
    waiting: versions.some((version) => version.waiting),
    attention: open.length ? open.flatMap((version) => version.faults ?? []) : null,
    ...(body?.audience && { audience: audience(shown.map((version) => version.body)) }),
  };
}

/** @param {Standing[]} versions */
function grouped(versions) {
  /** @type {Map<string, Standing[]>} */
  const records = new Map();
  for (const version of versions) {
    const record = records.get(version.record);
    if (record) record.push(version);
    else records.set(version.record, [version]);
  }
  return records;
}

/** The day, then when it was felt by the clock of that place. @param {Entry} entry */
const order = ({ day, heads: [{ felt_at }] }) => `${day} ${felt_at}`;
