"""Typed rows from heads: which tables a kind of version fills, and with what."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Date, Table, bindparam, delete

from pwa.domain.journal import standing_audience
from pwa.records.base import Instant, db, table_of
from pwa.records.bulk import write_all
from pwa.records.entries import (
    CallRequest,
    CheckIn,
    Course,
    EffectsReport,
    Head,
    HomeDose,
    JournalEntry,
    ReminderChoice,
    ReportedEffect,
    SafetyPlan,
    Treatment,
)
from pwa.records.room import Goal, GoalSaid, Offer, Visit

Row = dict[str, Any]
Rows = dict[Table, list[Row]]


TABLES: Mapping[str, Table] = {
    "check-in": table_of(CheckIn),
    "effects": table_of(EffectsReport),
    "journal": table_of(JournalEntry),
    "home-dose": table_of(HomeDose),
    "treatment": table_of(Treatment),
    "course": table_of(Course),
    "reminders": table_of(ReminderChoice),
    "call": table_of(CallRequest),
    "safety-plan": table_of(SafetyPlan),
    "visit": table_of(Visit),
    "offer": table_of(Offer),
    "goal": table_of(Goal),
    "goal-said": table_of(GoalSaid),
}
#: parents before children, for writing; the other way round for taking away
IN_ORDER = (*TABLES.values(), table_of(ReportedEffect))
#: the patient says who may read each record
SHARED_BY_CHOICE = ("journal", "safety-plan")
#: how many values one statement names: within what every SQLite and PostgreSQL takes
HUNDREDS = 500
TAKEN_AWAY = {
    table: delete(table).where(
        table.c.clinic_id == bindparam("clinic"),
        table.c.patient_id == bindparam("patient"),
        table.c.version_id.in_(bindparam("these", expanding=True)),
    )
    for table in IN_ORDER
}
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
        row["written_at"], row["received_at"] = head.written_at, head.received_at
        for name, read in _COLUMNS[kind]:
            value = head.body.get(name)
            row[name] = read(value) if read and value is not None else value
        rows[TABLES[kind]].append(row)
        if kind == "effects":
            rows.setdefault(IN_ORDER[-1], []).extend(_effects(whose, head.body["effects"]))
    if kind in SHARED_BY_CHOICE:
        audience = standing_audience(head.body["audience"] if head.body else None for head in heads)
        for row in rows[TABLES[kind]]:
            row["audience"] = audience
        if kind == "safety-plan" and audience == "me":
            return {}
    return rows


def write(rows: Iterable[Rows]) -> None:
    """Inserts in bulk, all rows of a table in one statement."""
    together: Rows = {table: [] for table in IN_ORDER}
    for some in rows:
        for table, of_table in some.items():
            together[table] += of_table
    for table, of_table in together.items():
        write_all(table, of_table)


def take_away(clinic_id: str, patient_id: str, kind: str, versions: Collection[str]) -> None:
    """Deletes what stands for these versions of one kind."""
    if kind not in TABLES or not versions:
        return
    ordered = sorted(versions)
    for table in (IN_ORDER[-1], TABLES[kind]) if kind == "effects" else (TABLES[kind],):
        for start in range(0, len(ordered), HUNDREDS):
            asked = {"clinic": clinic_id, "patient": patient_id, "these": ordered[start : start + HUNDREDS]}
            db.session.connection().execute(TAKEN_AWAY[table], asked)


def _effects(whose: Row, reported: Iterable[Mapping[str, Any]]) -> list[Row]:
    names = ("effect", "words", "severity", "ongoing", "lasted")
    return [{**whose, **{name: effect.get(name) for name in names}} for effect in reported]


def _readers(table: Table) -> tuple[tuple[str, Callable[[str], Any] | None], ...]:
    """How a value of a body becomes one of its column; None: it is one."""

    def reader(kind: Any) -> Callable[[str], Any] | None:
        if isinstance(kind, Instant):
            return datetime.fromisoformat
        return date.fromisoformat if isinstance(kind, Date) else None

    return tuple((column.name, reader(column.type)) for column in table.columns if column.name not in OF_A_HEAD)


_COLUMNS = {kind: _readers(table) for kind, table in TABLES.items()}
