"""The clinic's adverse events of a period, as far as the user may see them, and what was given before each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, case, func, select

from pwa.accounts import events_of, role_reads
from pwa.clinic.queries import AnyRow
from pwa.clinic.queries.noted import JUDGED_BY, is_author, newest_edition
from pwa.records import AdverseEvent, Patient, Person, Treatment, db
from pwa.records.typed import HUNDREDS


def listed(user: Person, first: date, last: date, serious: bool, most: int | None) -> Sequence[AnyRow]:
    """Event, code of the patient and name of who judged it; by the day on which each began."""
    patient = (Patient.clinic_id == AdverseEvent.clinic_id) & (Patient.id == AdverseEvent.patient_id)
    named = events_of(user).join(Patient, patient).join(Person, is_author(AdverseEvent))
    wanted = named.where(*_those(first, last, serious)).with_only_columns(AdverseEvent, Patient.code, JUDGED_BY)
    return db.session.execute(wanted.order_by(AdverseEvent.began, AdverseEvent.id).limit(most)).all()


@dataclass(frozen=True)
class Counts:
    #: of what the user may see, and how many of them are serious
    mine: int
    serious: int
    #: of patients whom colleagues treat alone
    colleagues: int


def counts(user: Person, first: date, last: date, serious: bool) -> Counts:
    those = _those(first, last, serious)
    columns = func.count(), func.count(case((AdverseEvent.serious != "no", 1)))
    mine, grave = db.session.execute(events_of(user).where(*those).with_only_columns(*columns)).one()
    everyones = select(func.count()).select_from(AdverseEvent).where(AdverseEvent.clinic_id == user.clinic_id, *those)
    return Counts(mine, grave, (db.session.scalar(everyones) or 0) - mine)


def given(user: Person, events: Sequence[AdverseEvent]) -> dict[str, Treatment]:
    """The treatments that these events are about, by record; of two heads the later written."""
    about = sorted({(one.patient_id, one.about) for one in events if one.about})
    found: dict[str, Treatment] = {}
    for start in range(0, len(about), HUNDREDS):
        some = about[start : start + HUNDREDS]
        its = (Treatment.clinic_id == user.clinic_id, Treatment.patient_id.in_({patient for patient, _ in some}))
        their = select(Treatment).where(*its, role_reads("sessions", user))
        asked = their.where(Treatment.record.in_([record for _, record in some]))
        rows = db.session.scalars(asked.order_by(Treatment.written_at, Treatment.version_id))
        found |= {row.record: row for row in rows}
    return found


def _those(first: date, last: date, serious: bool) -> tuple[ColumnElement[bool], ...]:
    those = (AdverseEvent.began.between(first, last), AdverseEvent.is_mistake.is_(False), newest_edition())
    return (*those, AdverseEvent.serious != "no") if serious else those
