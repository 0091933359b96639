"""Versions written down, and what follows from them in the same transaction: typed rows and alerts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.exc import SQLAlchemyError

from pwa.domain.heads import heads
from pwa.domain.limits import zones
from pwa.forms.kinds import KINDS
from pwa.forms.schemas import raised
from pwa.records import Alert, Patient, Version, db, typed
from pwa.sync.envelope import Statement, as_text, read

#: a record of one kind; an id that two kinds use is two records
Key = tuple[str, str]
#: what a database raises at a value that the forms let through
WRITING_FAILS = (SQLAlchemyError, ValueError, OverflowError)
#: how many values one statement names: within what every SQLite and PostgreSQL takes
HUNDREDS = 500


@dataclass(frozen=True, slots=True)
class Arrival:
    stated: Statement
    seq: int
    author_id: str
    device_id: str | None
    received_at: datetime


def keep(patient: Patient, arrivals: Sequence[Arrival]) -> None:
    """Writes versions, the typed rows of the records that they touch, and the alerts that they raise."""
    good = [arrival for arrival in arrivals if not arrival.stated.errors]
    parents = earlier(patient, {arrival.stated.record or "" for arrival in good})
    db.session.execute(insert(Version), [_row(patient, arrival) for arrival in arrivals])
    settle(patient, good, parents)
    raise_alerts(patient, arrivals)


def settle(patient: Patient, good: Sequence[Arrival], parents: dict[Key, dict[str, list[str]]]) -> None:
    """Replaces the typed rows of what these versions touch. `parents`: what these records held before."""
    before = set(parents)
    fresh = {arrival.stated.id: arrival for arrival in good}
    touched: dict[Key, dict[str, list[str]]] = {}
    for arrival in good:
        key = _key(arrival.stated)
        touched.setdefault(key, parents.get(key, {}))[arrival.stated.id] = arrival.stated.parents
    standing = {key: heads(versions) if len(versions) > 1 else set(versions) for key, versions in touched.items()}
    old = _standing_of(patient, {head for ids in standing.values() for head in ids if head not in fresh})
    replaced = defaultdict(set)
    for record, kind in before & touched.keys():
        replaced[kind].add(record)
    for kind, records in replaced.items():
        for some in in_hundreds(records):
            typed.take_away(patient.clinic_id, patient.id, kind, some)
    typed.write(
        typed.rows_of(
            patient.clinic_id,
            patient.id,
            record,
            kind,
            [old[head] if head in old else _standing(fresh[head].stated, fresh[head].received_at) for head in ids],
        )
        for (record, kind), ids in standing.items()
    )


def raise_alerts(patient: Patient, arrivals: Iterable[Arrival]) -> None:
    """A yes to thoughts, also in a version that is parked for something else: better told twice than not at all."""
    rows = [
        {
            "clinic_id": patient.clinic_id,
            "patient_id": patient.id,
            "version_id": arrival.stated.id,
            "answer": answer,
            "raised_at": arrival.received_at,
        }
        for arrival in arrivals
        if arrival.author_id == patient.id
        and (answer := typed.yes_to_thoughts(arrival.stated.kind, arrival.stated.body))
    ]
    if rows:
        db.session.execute(insert(Alert), rows)


def earlier(patient: Patient, records: Collection[str]) -> dict[Key, dict[str, list[str]]]:
    """Of each of these records, its stored versions and the parents that they name."""
    found: dict[Key, dict[str, list[str]]] = defaultdict(dict)
    stored = (Version.clinic_id == patient.clinic_id, Version.patient_id == patient.id, Version.outcome == "stored")
    columns = select(Version.id, Version.record, Version.kind, Version.parents).where(*stored)
    for some in in_hundreds(records):
        for row in db.session.execute(columns.where(Version.record.in_(some))):
            found[row.record, row.kind][row.id] = row.parents
    return found


def in_hundreds(values: Collection[str]) -> Iterator[list[str]]:
    ordered = sorted(values)
    for start in range(0, len(ordered), HUNDREDS):
        yield ordered[start : start + HUNDREDS]


def standing_again(text: bytes, received_at: datetime) -> typed.Standing:
    """What a kept text says, which was judged good when it was stored."""
    stated = read(as_text(text), _sealed_no_more)
    if stated.body is not None:
        kind = stated.kind or ""
        stated.body = raised(kind, stated.schema, stated.body, KINDS[kind].schema)
    return _standing(stated, received_at)


def _standing_of(patient: Patient, ids: Collection[str]) -> dict[str, typed.Standing]:
    whose = (Version.clinic_id == patient.clinic_id, Version.patient_id == patient.id)
    columns = select(Version.id, Version.text, Version.received_at).where(*whose)
    return {
        row.id: standing_again(row.text, row.received_at)
        for some in in_hundreds(ids)
        for row in db.session.execute(columns.where(Version.id.in_(some)))
    }


def _standing(stated: Statement, received_at: datetime) -> typed.Standing:
    zone = stated.zone if stated.zone in zones() else "UTC"
    return typed.Standing(stated.id, stated.day, stated.felt_at, stated.written_at, received_at, zone, stated.body)


def _row(patient: Patient, arrival: Arrival) -> dict[str, Any]:
    stated = arrival.stated
    return {
        "clinic_id": patient.clinic_id,
        "patient_id": patient.id,
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


def _key(stated: Statement) -> Key:
    return stated.record or "", stated.kind or ""


def _sealed_no_more(version_id: str, key_id: str, sealed: str) -> None:
    return None
