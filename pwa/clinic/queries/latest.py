"""For what an alert was raised last: the entry, when it was written and arrived; or who asked for a look, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select

from pwa.clinic.queries import AnyRow
from pwa.records import AlertCause, AlertEvent, Person, Version, db, name_then
from pwa.sync.envelope import NEVER, as_text, read


@dataclass(frozen=True)
class Latest:
    version_id: str
    day: date
    felt_at: datetime
    written_at: datetime
    received_at: datetime


def latest_of(clinic_id: str, alerts: Sequence[str]) -> dict[str, Latest]:
    """By alert. One that was raised by silence has none."""
    newest = func.row_number().over(
        partition_by=AlertCause.alert_id,
        order_by=(AlertCause.came_at.desc(), AlertCause.at.desc(), AlertCause.version_id.desc()),
    )
    its = (AlertCause.clinic_id == clinic_id, AlertCause.alert_id.in_(alerts), AlertCause.version_id != "")
    causes = select(AlertCause, newest.label("nth")).where(*its).subquery()
    version = (
        (Version.clinic_id == causes.c.clinic_id)
        & (Version.patient_id == causes.c.patient_id)
        & (Version.id == causes.c.version_id)
    )
    columns = (causes.c.alert_id, causes.c.version_id, causes.c.at, causes.c.came_at, Version.text)
    rows = db.session.execute(select(*columns).join_from(causes, Version, version).where(causes.c.nth == 1))
    return {row.alert_id: _latest(row) for row in rows}


def asked_last(clinic_id: str, alerts: Sequence[str]) -> dict[str, AnyRow]:
    """By alert that somebody raised: name, at and note of whoever asked last."""
    if not alerts:
        return {}
    its = (AlertEvent.clinic_id == clinic_id, AlertEvent.alert_id.in_(alerts), AlertEvent.what == "asked")
    person = (Person.clinic_id == AlertEvent.clinic_id) & (Person.id == AlertEvent.person_id)
    columns = (AlertEvent.alert_id, name_then(Person, AlertEvent.at).label("name"), AlertEvent.at, AlertEvent.note)
    asked = select(*columns).join(Person, person).where(*its).order_by(AlertEvent.at, AlertEvent.id)
    return {row.alert_id: row for row in db.session.execute(asked)}


def _latest(row: AnyRow) -> Latest:
    """What could not be read says nothing of when it was written: then it counts from what it was taken to speak of."""
    said = read(as_text(row.text), lambda *_: None)
    if said.written_at == NEVER:
        return Latest(row.version_id, row.at.date(), row.at, row.at, row.came_at)
    return Latest(row.version_id, said.day, said.felt_at, said.written_at, row.came_at)
