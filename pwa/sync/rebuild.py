"""Typed rows and summaries made anew from the versions, and what differed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Table, delete, insert, select

from pwa.domain.heads import heads
from pwa.records import Patient, Version, beginning, db, summing, typed
from pwa.records.base import begin_writing
from pwa.sync.keeping import Key, standing_again

Row = dict[str, Any]
EFFECTS = (summing.REPORTS, summing.EFFECTS)


def rebuild(repair: bool) -> Iterator[str]:
    """One line for each row that is missing, too many or different: the table and the row's ids, never an answer."""
    patients = db.session.execute(select(Patient.clinic_id, Patient.id).order_by(Patient.clinic_id, Patient.id)).all()
    for clinic_id, patient_id in patients:
        yield from rebuild_of(clinic_id, patient_id, repair)


def rebuild_of(clinic_id: str, patient_id: str, repair: bool) -> Iterator[str]:
    """The same for one patient, in one transaction."""
    if repair:
        begin_writing()
    db.session.get_one(Patient, (clinic_id, patient_id), with_for_update=repair)
    all_wanted = _wanted(clinic_id, patient_id)
    for table, wanted in all_wanted.items():
        yield from _differences(table, wanted, _found(table, clinic_id, patient_id))
    if repair:
        _replace(clinic_id, patient_id, all_wanted)
    db.session.commit()


def _wanted(clinic_id: str, patient_id: str) -> typed.Rows:
    whose = (Version.clinic_id == clinic_id, Version.patient_id == patient_id, Version.outcome == "stored")
    columns = select(Version.id, Version.record, Version.kind, Version.parents, Version.text, Version.received_at)
    rows = {row.id: row for row in db.session.execute(columns.where(*whose))}
    records: dict[Key, dict[str, list[str]]] = defaultdict(dict)
    for row in rows.values():
        records[row.record, row.kind][row.id] = row.parents
    together: typed.Rows = {table: [] for table in typed.IN_ORDER}
    for (record, kind), parents in records.items():
        standing = [standing_again(rows[head].text, rows[head].received_at) for head in heads(parents)]
        for table, some in typed.rows_of(clinic_id, patient_id, record, kind, standing).items():
            together[table] += some
    treatments, doses = together[summing.TREATMENTS], together[summing.DOSES]
    effects = summing.summed(clinic_id, patient_id, treatments, doses, *(together[table] for table in EFFECTS))
    first = beginning.summed(clinic_id, patient_id, treatments, doses, together[beginning.CHECK_INS])
    return {**together, **effects, **first}


def _found(table: Table, clinic_id: str, patient_id: str) -> list[Row]:
    whose = (table.c.clinic_id == clinic_id, table.c.patient_id == patient_id)
    return [dict(row) for row in db.session.execute(select(table).where(*whose)).mappings()]


def _differences(table: Table, wanted: list[Row], found: list[Row]) -> Iterator[str]:
    def by_key(rows: list[Row]) -> dict[tuple[str, ...], Row]:
        return {tuple(row[column.name] for column in table.primary_key): row for row in rows}

    should, there = by_key(wanted), by_key(found)
    for key in sorted(should.keys() | there.keys()):
        if should.get(key) != there.get(key):
            what = "missing" if key not in there else "too many" if key not in should else "different"
            yield f"{table.name} {'/'.join(key)}: {what}"


def _replace(clinic_id: str, patient_id: str, wanted: typed.Rows) -> None:
    for table in reversed(wanted):
        db.session.execute(delete(table).where(table.c.clinic_id == clinic_id, table.c.patient_id == patient_id))
    for table, rows in wanted.items():
        if rows:
            db.session.connection().execute(insert(table), rows)
