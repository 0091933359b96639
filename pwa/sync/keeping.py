"""Versions written down, and what follows from them in the same transaction: typed rows and alerts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from pwa.domain.heads import heads
from pwa.domain.limits import zones
from pwa.domain.safety import Entry
from pwa.domain.safety.reading import entry_of, heard, readings_of, spoken_at
from pwa.forms.kinds import KINDS, Writer
from pwa.forms.schemas import raised
from pwa.records import beginning, summing, typed
from pwa.records.bulk import write_all
from pwa.records.raising import LONG_AGO, Said, judge
from pwa.records.responding import tell_operators
from pwa.sync.envelope import NEVER, Statement, as_text, read
from pwa.sync.sentences import STORED, TEXTS, VERSIONS, Owner, ask_of

#: a record of one kind; an id that two kinds use is two records
Key = tuple[str, str]
#: of each version, the ones that it names
Parents = dict[str, list[str]]
THE_DAY_BEFORE = timedelta(hours=25)
#: what is raised at a value that the forms let through
WRITING_FAILS = (SQLAlchemyError, ValueError, TypeError, OverflowError)


@dataclass(slots=True)
class Arrival:
    stated: Statement
    author_id: str
    device_id: str | None
    received_at: datetime
    #: the number it is given
    seq: int = 0

    def writer(self, owner: Owner) -> Writer:
        return "patient" if self.author_id == owner.id else "clinic"


def keep(owner: Owner, arrivals: Sequence[Arrival]) -> None:
    """Writes versions, the typed rows of the records that they touch, and the alerts that they raise."""
    good = [arrival for arrival in arrivals if not arrival.stated.errors]
    before = earlier(owner, {arrival.stated.record or "" for arrival in good})
    write_all(VERSIONS, [_row(owner, arrival) for arrival in arrivals])
    settle(owner, good, before)
    raise_alerts(owner, arrivals)


def settle(owner: Owner, good: Sequence[Arrival], before: Mapping[Key, Parents]) -> None:
    """Replaces typed rows and summaries of the records that these versions touch. `before`: what they held before."""
    fresh = {arrival.stated.id: arrival for arrival in good}
    now: dict[Key, Parents] = {}
    for arrival in good:
        key = arrival.stated.record or "", arrival.stated.kind or ""
        now.setdefault(key, dict(before.get(key, {})))[arrival.stated.id] = arrival.stated.parents
    fallen: dict[str, set[str]] = defaultdict(set)
    for key in before.keys() & now.keys():
        fallen[key[1]] |= heads(before[key])
    about = summing.named_by(owner.clinic_id, owner.id, fallen)
    days = beginning.days_of(owner.clinic_id, owner.id, fallen)
    for kind, ids in fallen.items():
        typed.take_away(owner.clinic_id, owner.id, kind, ids)
    standing = {key: heads(parents) if len(parents) > 1 else set(parents) for key, parents in now.items()}
    of_old = _standing_of(owner, {head for ids in standing.values() for head in ids if head not in fresh})
    rows = []
    for (record, kind), ids in standing.items():
        of_record = [of_old.get(head) or _standing(fresh[head].stated, fresh[head].received_at) for head in ids]
        rows.append(typed.rows_of(owner.clinic_id, owner.id, record, kind, of_record))
    typed.write(rows)
    summing.renew(owner.clinic_id, owner.id, about | summing.named_in(rows))
    beginning.renew(owner.clinic_id, owner.id, {kind for _, kind in now}, days | beginning.days_in(rows))


def raise_alerts(owner: Owner, arrivals: Sequence[Arrival]) -> None:
    """What the safety rules find in these, and in what was written later and is seen in their light. Somebody
    hears as well of what a phone sent and the server cannot read."""
    said = [Said(entry, arrival.received_at) for arrival in arrivals for entry in _entries(owner, arrival)]
    doses = [at for arrival in arrivals for at in _doses(arrival.stated)]
    moment = max(arrival.received_at for arrival in arrivals)
    judge(owner.clinic_id, owner.id, said, doses, moment)
    if any(arrival.stated.errors and arrival.author_id == owner.id for arrival in arrivals):
        tell_operators(owner.clinic_id, {"parked": moment}, "parked")


def _doses(stated: Statement) -> Iterator[datetime]:
    """From when on entries are seen in the light of a treatment: a reading of the day before as well."""
    if stated.kind == "treatment" and not stated.errors:
        at = stated.felt_at if stated.body is None else datetime.fromisoformat(stated.body["at"])
        yield at - THE_DAY_BEFORE if at > LONG_AGO + THE_DAY_BEFORE else at


def _entries(owner: Owner, arrival: Arrival) -> Iterator[Entry]:
    stated = arrival.stated
    if stated.body is None:
        return
    if arrival.author_id != owner.id:
        yield from _measured(stated)
    elif entry := _entry(arrival, stated.body):
        yield entry


def _measured(stated: Statement) -> Sequence[Entry]:
    """By a nurse, at a treatment."""
    body = stated.body or {}
    if stated.kind != "treatment" or stated.errors or body["status"] != "given":
        return []
    at = datetime.fromisoformat(body["at"])
    record = stated.record or stated.id
    return readings_of(record, stated.id, stated.day, at, body["minutes"], body.get("observed"), stated.parents)


def _entry(arrival: Arrival, body: Mapping[str, Any]) -> Entry | None:
    stated = arrival.stated
    record, kind = stated.record or stated.id, stated.kind or ""
    if stated.errors:
        felt_at = arrival.received_at if stated.felt_at == NEVER else stated.felt_at
        return heard(stated.kind, record, stated.id, felt_at, body)
    at = stated.felt_at
    if kind == "effects":
        at = spoken_at(at, stated.written_at, arrival.received_at, stated.parents)
    return entry_of(kind, record, stated.id, stated.day, at, body, stated.parents)


def earlier(owner: Owner, records: Collection[str]) -> dict[Key, Parents]:
    """Of each of these records, its stored versions and the parents that they name."""
    found: dict[Key, Parents] = defaultdict(dict)
    for row in ask_of(STORED, owner, records):
        found[row.record, row.kind][row.id] = row.parents
    return found


def standing_again(text: bytes, received_at: datetime) -> typed.Standing:
    """What a kept text says, which was judged good when it was stored; perhaps by a newer server than this."""
    stated = read(as_text(text), _sealed_no_more)
    kind = KINDS.get(stated.kind or "")
    if kind and stated.body is not None:
        stated.body = raised(stated.kind or "", stated.schema, stated.body, kind.schema)
    return _standing(stated, received_at)


def _standing_of(owner: Owner, ids: Collection[str]) -> dict[str, typed.Standing]:
    return {row.id: standing_again(row.text, row.received_at) for row in ask_of(TEXTS, owner, ids)}


def _standing(stated: Statement, received_at: datetime) -> typed.Standing:
    zone = stated.zone if stated.zone in zones() else "UTC"
    return typed.Standing(stated.id, stated.day, stated.felt_at, stated.written_at, received_at, zone, stated.body)


def _row(owner: Owner, arrival: Arrival) -> dict[str, Any]:
    stated = arrival.stated
    return {
        "clinic_id": owner.clinic_id,
        "patient_id": owner.id,
        "id": stated.id,
        "seq": arrival.seq,
        "text": stated.text,
        "outcome": "parked" if stated.errors else "stored",
        "errors": stated.errors or None,
        "record": stated.record,
        "kind": stated.kind,
        "parents": stated.parents,
        "author_id": arrival.author_id,
        "device_id": arrival.device_id,
        "received_at": arrival.received_at,
    }


def _sealed_no_more(version_id: str, key_id: str, sealed: str) -> None:
    return None
