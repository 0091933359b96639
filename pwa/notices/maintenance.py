"""A maintenance goes on: as one treatment passes, another is planned at the end, in the rhythm of the course."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Select, func, select

from pwa.config import now
from pwa.domain.days import at_wall
from pwa.domain.protocol import AHEAD, Rhythm, maintenance
from pwa.notices.each import for_each
from pwa.notices.reminders import is_time
from pwa.records import Clinic, Course, Patient, Person, Treatment, Version, db
from pwa.records.base import begin_writing
from pwa.sync.envelope import written
from pwa.sync.ids import new_id
from pwa.sync.receive import receive

USUAL = ("minutes", "route", "drug", "dose", "unit", "place")


def plan_on(_me: str) -> None:
    """A patient at a time; a second run plans no more."""
    moment = now()
    if not is_time(moment):
        return
    patients = [(row.clinic_id, row.patient_id) for row in db.session.execute(_running_out(moment))]
    db.session.rollback()
    for_each("maintenance", patients, lambda clinic, patient: _of_one(clinic, patient, moment), moment)


def _of_one(clinic_id: str, patient_id: str, moment: datetime) -> None:
    begin_writing()
    _plan(db.session.get_one(Patient, (clinic_id, patient_id), with_for_update=True), moment)
    db.session.commit()


def _plan(patient: Patient, moment: datetime) -> None:
    """By the hand that gave the course. Where the last one was called off, or nobody planned for long, it has ended."""
    course = db.session.scalars(_of(Course, patient).order_by(Course.written_at.desc()).limit(1)).one()
    known = sorted(_known(patient, course), key=lambda one: one.at)
    ahead = sum(one.status == "planned" and one.at > moment for one in known)
    if not known or known[-1].status == "cancelled" or ahead >= AHEAD or course.phase != "maintenance":
        return
    last, every = known[-1], course.every or 0
    if not every or last.at < moment - timedelta(days=every):
        return
    of_course = (Version.clinic_id == patient.clinic_id, Version.patient_id == patient.id)
    giver = select(Version.author_id).where(*of_course, Version.id == course.version_id)
    author = db.session.get_one(Person, (patient.clinic_id, db.session.scalar(giver)))
    zone = db.session.get_one(Clinic, patient.clinic_id).zone
    texts = [_text(last, at, zone, moment) for at in _next(last, every, AHEAD - ahead, zone)]
    receive(patient, texts, author=author, device=None, received_at=moment)


def _known(patient: Patient, course: Course) -> Sequence[Treatment]:
    """Of this course; what was called off when it was given was of another."""
    rows = _of(Treatment, patient).where(Treatment.day >= course.started).order_by(Treatment.written_at)
    newest = {one.record: one for one in db.session.scalars(rows)}
    return [one for one in newest.values() if one.status != "cancelled" or one.written_at > course.written_at]


def _next(last: Treatment, every: int, count: int, zone: str) -> Iterator[datetime]:
    there = last.at.astimezone(ZoneInfo(zone))
    rhythm = Rhythm(count, every, 1, every, workdays=last.place == "clinic")
    for day in maintenance(rhythm, there.date(), count + 1)[1:]:
        yield at_wall(day, there.time(), zone)


def _text(last: Treatment, at: datetime, zone: str, moment: datetime) -> str:
    body = {"status": "planned", "at": at.isoformat(), **{name: getattr(last, name) for name in USUAL}}
    when: dict[str, Any] = {"day": at.date(), "felt_at": at, "written_at": moment.astimezone(ZoneInfo(zone))}
    return written("treatment", body, id=new_id(moment), record=new_id(moment), parents=[], zone=zone, **when)


def _running_out(moment: datetime) -> Select[str, str]:
    """Patients with a maintenance of known rhythm and fewer planned treatments ahead than there should be."""
    theirs = (Treatment.clinic_id == Course.clinic_id, Treatment.patient_id == Course.patient_id)
    planned = select(func.count(Treatment.record.distinct())).where(
        *theirs, Treatment.status == "planned", Treatment.at > moment
    )
    whose = (Person.clinic_id == Course.clinic_id) & (Person.id == Course.patient_id) & Person.closed_at.is_(None)
    courses = select(Course.clinic_id, Course.patient_id).join(Person, whose)
    return courses.where(Course.every.is_not(None), planned.scalar_subquery() < AHEAD).distinct()


def _of(table: Any, patient: Patient) -> Any:
    return select(table).where(table.clinic_id == patient.clinic_id, table.patient_id == patient.id)
