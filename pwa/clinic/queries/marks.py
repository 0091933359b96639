"""What stands on one patient's timeline beside check-ins and treatments."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import bindparam, func, select

from pwa.accounts import Reader, alerts_of, kept_of, reader
from pwa.clinic.queries import AnyRow, of_one, whose
from pwa.clinic.queries.noted import FIRST, is_author
from pwa.clinic.queries.patient import SHARED, SINCE
from pwa.records import Alert, AlertEvent, EffectsReport, JournalEntry, Note, Person, db, name_then
from pwa.records.base import Instant

FROM = bindparam("since", type_=Instant())
ANSWERED = (
    kept_of(EffectsReport, Reader())
    .where(of_one(EffectsReport), EffectsReport.checks.is_not(None))
    .with_only_columns(EffectsReport.day, EffectsReport.felt_at, EffectsReport.checks)
)
#: of several heads of an entry the latest: it is listed once
ENTRIES = (
    SHARED.where(JournalEntry.day >= SINCE)
    .with_only_columns(
        JournalEntry.record,
        func.max(JournalEntry.day).label("day"),
        func.max(JournalEntry.felt_at, type_=Instant()).label("felt_at"),
        func.max(JournalEntry.written_at, type_=Instant()).label("written_at"),
        func.max(JournalEntry.received_at, type_=Instant()).label("received_at"),
    )
    .group_by(JournalEntry.record)
)
NOTED_BY = name_then(Person, Note.at).label("name")
NOTED = FIRST.join(Person, is_author(Note)).where(Note.at >= FROM).with_only_columns(Note.id, Note.at, NOTED_BY)
#: what is told of an alert: what was done, and that it is settled
DONE = ("acted", "resolved")


@dataclass(frozen=True)
class Answered:
    alert: Alert
    #: event, and the name of who did it; in order
    done: list[AnyRow]


def checks_answered(user: Person, patient: AnyRow) -> Sequence[AnyRow]:
    return db.session.execute(ANSWERED, {**reader(user), **whose(patient)}).all()


def alerts(user: Person, patient: AnyRow, since: datetime) -> list[Answered]:
    """Of any state, with what was done about each."""
    theirs = alerts_of(user).where(Alert.patient_id == patient.id, Alert.raised_at >= since)
    done: dict[str, list[AnyRow]] = defaultdict(list)
    who = (Person.clinic_id == AlertEvent.clinic_id) & (Person.id == AlertEvent.person_id)
    its = (AlertEvent.clinic_id == patient.clinic_id, AlertEvent.what.in_(DONE))
    ids = theirs.with_only_columns(Alert.id)
    name = name_then(Person, AlertEvent.at).label("name")
    events = select(AlertEvent, name).outerjoin(Person, who).where(*its, AlertEvent.alert_id.in_(ids))
    for row in db.session.execute(events.order_by(AlertEvent.at, AlertEvent.what)):
        done[row[0].alert_id].append(row)
    return [Answered(alert, done[alert.id]) for alert in db.session.scalars(theirs.order_by(Alert.raised_at))]


def shared(user: Person, patient: AnyRow, since: date) -> Sequence[AnyRow]:
    """When there is an entry that the patient shares with the user; not what it says."""
    return db.session.execute(ENTRIES, {**reader(user), **whose(patient), "since": since}).all()


def notes(user: Person, patient: AnyRow, since: datetime) -> Sequence[AnyRow]:
    return db.session.execute(NOTED, {**reader(user), **whose(patient), "since": since}).all()
