// A server that keeps the contract of docs/sync.md in memory, and the faults that can befall a call.

const PATIENT_KINDS = ["check-in", "effects", "journal"];

export class Server {
  epoch = 1;
  /** milliseconds by which a phone's clock is ahead of this one's */
  behind = 0;
  calls = [];
  /** owner → { texts: Map of id → { text, seq, errors }, seq } */
  people = new Map();

  constructor({ pageSize = 500, largest = Infinity } = {}) {
    this.pageSize = pageSize;
    this.largest = largest;
  }

  /** What the address answers to a body. */
  answer(body) {
    const asked = JSON.parse(body);
    this.calls.push(asked);
    if (body.length > this.largest) return { status: 413, json: { error: "too-large" } };
    const receipts = asked.versions.map((text) => this.receive(asked.owner, text));
    const page = [0, this.epoch].includes(asked.epoch)
      ? this.page(asked.owner, asked.cursor)
      : { cursor: asked.cursor, more: false, versions: [], parked: [] };
    const { batch, owner, cursor: from } = asked;
    const server_time = new Date(Date.now() - this.behind).toISOString();
    return { status: 200, json: { batch, owner, server_time, epoch: this.epoch, receipts, from, ...page } };
  }

  receive(owner, text, writer = "patient") {
    const { id, kind, body } = JSON.parse(text);
    const person = this.person(owner);
    const kept = person.texts.get(id);
    if (kept) return receipt(id, kept.text === text ? (kept.errors ? "parked" : "known") : "clash", kept.errors);
    const isBad = (writer === "patient") !== PATIENT_KINDS.includes(kind) || body?.mood > 10;
    const errors = isBad ? [{ field: "mood", code: "range", message: "This must be from 0 to 10." }] : null;
    person.texts.set(id, { text, seq: ++person.seq, errors });
    return receipt(id, errors ? "parked" : "stored", errors);
  }

  page(owner, cursor) {
    const rows = [...this.person(owner).texts]
      .filter(([, { seq }]) => seq > cursor)
      .sort(([, a], [, b]) => a.seq - b.seq);
    const wanted = rows.slice(0, this.pageSize);
    return {
      cursor: wanted.at(-1)?.[1].seq ?? cursor,
      more: wanted.length < rows.length,
      versions: wanted.filter(([, { errors }]) => !errors).map(([, { text }]) => text),
      parked: wanted.filter(([, { errors }]) => errors).map(([id, { text, errors }]) => ({ id, text, errors })),
    };
  }

  person(owner) {
    if (!this.people.has(owner)) this.people.set(owner, { texts: new Map(), seq: 0 });
    return this.people.get(owner);
  }

  texts(owner) {
    return [...this.person(owner).texts.values()].map(({ text }) => text).sort();
  }

  backup() {
    return structuredClone(this.people);
  }

  restore(backup) {
    this.people = structuredClone(backup);
    this.epoch++;
  }
}

function receipt(id, outcome, errors) {
  return outcome === "parked" || outcome === "clash"
    ? { id, outcome, errors: errors ?? [{ field: "version", code: "clash" }] }
    : { id, outcome };
}
