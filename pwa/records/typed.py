"""Typed rows from heads: which tables a kind of version fills, and with what."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Date, Table, delete, insert, select

from pwa.domain import checkin
from pwa.domain.journal import standing_audience
from pwa.records.base import Instant, db
from pwa.records.entries import CheckIn, Course, EffectsReport, Head, JournalEntry, ReportedEffect, Treatment

Row = dict[str, Any]
Rows = dict[Table, list[Row]]


def _table(model: type[Any]) -> Table:
    table: Table = model.__table__
    return table


TABLES: Mapping[str, Table] = {
    "check-in": _table(CheckIn),
    "effects": _table(EffectsReport),
    "journal": _table(JournalEntry),
    "treatment": _table(Treatment),
    "course": _table(Course),
}
#: parents before children, for writing; the other way round for taking away
IN_ORDER = (*TABLES.values(), _table(ReportedEffect))
OF_A_HEAD = frozenset(Head.__annotations__)


@dataclass(frozen=True, slots=True)
class Standing:
    """One head of a record, as much of it as a typed row says."""

    version_id: str
    day: date
    felt_at: datetime
    written_at: datetime
    received_at: datetime
    zone: str
    #: in the newest schema; None withdraws
    body: Mapping[str, Any] | None


def rows_of(clinic_id: str, patient_id: str, record: str, kind: str, heads: Sequence[Standing]) -> Rows:
    """The rows that stand for a record with these heads. Withdrawals have none, nor have kinds without a table."""
    if kind not in TABLES:
        return {}
    rows: Rows = {TABLES[kind]: []}
    for head in heads:
        if head.body is None:
            continue
        whose = {"clinic_id": clinic_id, "patient_id": patient_id, "version_id": head.version_id}
        row = {**whose, "record": record, "zone": head.zone, "day": head.day, "felt_at": head.felt_at}
        row |= {"written_at": head.written_at, "received_at": head.received_at}
        row |= {name: read(head.body.get(name)) for name, read in _COLUMNS[kind]}
        rows[TABLES[kind]].append(row)
        if kind == "effects":
            rows.setdefault(IN_ORDER[-1], []).extend(_effects(whose, head.body["effects"]))
    if kind == "journal":
        audience = standing_audience(head.body["audience"] if head.body else None for head in heads)
        for row in rows[TABLES[kind]]:
            row["audience"] = audience
    return rows


def write(rows: Iterable[Rows]) -> None:
    """Inserts in bulk, all rows of a table in one statement."""
    together: Rows = {table: [] for table in IN_ORDER}
    for some in rows:
        for table, of_table in some.items():
            together[table] += of_table
    for table, of_table in together.items():
        if of_table:
            db.session.execute(insert(table), of_table)


def take_away(clinic_id: str, patient_id: str, kind: str, records: Collection[str]) -> None:
    """Deletes the typed rows of some records of one kind."""
    if kind not in TABLES or not records:
        return
    table = TABLES[kind]
    theirs = (table.c.clinic_id == clinic_id, table.c.patient_id == patient_id, table.c.record.in_(records))
    if kind == "effects":
        child = IN_ORDER[-1]
        reports = select(table.c.version_id).where(*theirs)
        mine = (child.c.clinic_id == clinic_id, child.c.patient_id == patient_id, child.c.version_id.in_(reports))
        db.session.execute(delete(child).where(*mine))
    db.session.execute(delete(table).where(*theirs))


def yes_to_thoughts(kind: str | None, body: Any) -> str | None:
    """The answer that somebody at the clinic must look at, if there is one. A body that was not judged will do."""
    answer = body.get("thoughts") if kind == "check-in" and isinstance(body, dict) else None
    return answer if isinstance(answer, str) and checkin.is_yes(answer) else None


def _effects(whose: Row, reported: Iterable[Mapping[str, Any]]) -> list[Row]:
    names = ("effect", "severity", "ongoing", "lasted")
    return [{**whose, **{name: effect.get(name) for name in names}} for effect in reported]


def _readers(table: Table) -> tuple[tuple[str, Callable[[Any], Any]], ...]:
    """How a value of a body becomes a value of its column."""

    def reader(kind: Any) -> Callable[[Any], Any]:
        if isinstance(kind, Instant):
            return datetime.fromisoformat
        return date.fromisoformat if isinstance(kind, Date) else lambda value: value

    return tuple((column.name, reader(column.type)) for column in table.columns if column.name not in OF_A_HEAD)


_COLUMNS = {kind: _readers(table) for kind, table in TABLES.items()}
