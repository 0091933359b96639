/**
 * Which versions of one record stand: the rule of pwa/domain/heads.py, held to it by tests/heads.json.
 * Names of versions that are not there, and of oneself, count for nothing; what a ring would hide is opened by its
 * greatest id.
 * @param {Map<string, string[]>} parents of each version, the ids that it names
 * @returns {Set<string>}
 */
export function heads(parents) {
  const named = new Set();
  for (const [id, names] of parents) for (const name of names) if (name !== id) named.add(name);
  const ids = [...parents.keys()].sort().reverse();
  const standing = new Set(ids.filter((id) => !named.has(id)));
  const seen = new Set();
  for (const id of standing) walk(id, parents, seen);
  for (const id of ids) {
    if (seen.has(id)) continue;
    standing.add(id);
    walk(id, parents, seen);
  }
  return standing;
}

/**
 * The later writing first; of the same moment, the greater id.
 * @param {{ id: string, written_at: string }} one
 * @param {{ id: string, written_at: string }} other
 */
export function shownFirst(one, other) {
  return Date.parse(other.written_at) - Date.parse(one.written_at) || (one.id < other.id ? 1 : -1);
}

const AUDIENCES = ["me", "therapist", "care-team"];

/**
 * Who may read a record with these bodies as its heads: the narrowest. An edit against a withdrawal stands unshared.
 * @param {(Record<string, any> | null)[]} bodies
 */
export function audience(bodies) {
  const widths = bodies.map((body) => AUDIENCES.indexOf(body?.audience));
  return AUDIENCES[Math.max(0, Math.min(...widths))];
}

/**
 * @param {string} start
 * @param {Map<string, string[]>} parents
 * @param {Set<string>} seen  grows by what stands behind `start`
 */
function walk(start, parents, seen) {
  const open = [start];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (seen.has(id)) continue;
    seen.add(id);
    open.push(...(parents.get(id) ?? []));
  }
}
