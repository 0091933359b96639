"""A maintenance goes on: as one treatment passes, another is planned at the end, in the rhythm of the course."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, and_, exists, select
from sqlalchemy.orm import aliased

from pwa.config import now
from pwa.domain.days import at_wall
from pwa.domain.protocol import AHEAD, Rhythm, in_rhythm, maintenance
from pwa.notices.each import for_each
from pwa.notices.reminders import is_time
from pwa.records import CareTeam, Clinic, Course, Patient, Person, Treatment, Version, db
from pwa.records.base import begin_writing
from pwa.sync.envelope import written
from pwa.sync.ids import new_id
from pwa.sync.receive import receive

USUAL = ("minutes", "route", "drug", "dose", "unit", "place")


@dataclass(frozen=True)
class Short:
    """A maintenance of which fewer treatments are planned ahead than there should be."""

    course: Course
    every: int
    #: of its treatments in their rhythm
    last: Treatment
    missing: int
    #: the first that is planned far beyond the last
    beyond: datetime | None


def plan_on(_me: str) -> None:
    """A patient at a time; a second run plans no more."""
    moment = now()
    if not is_time(moment):
        return
    patients = [(one.course.clinic_id, one.course.patient_id) for one in _running_out(moment)]
    db.session.rollback()
    for_each("maintenance", patients, lambda clinic, patient: _of_one(clinic, patient, moment), moment)


def _of_one(clinic_id: str, patient_id: str, moment: datetime) -> None:
    begin_writing()
    patient = db.session.get_one(Patient, (clinic_id, patient_id), with_for_update=True)
    for short in _running_out(moment, Course.clinic_id == clinic_id, Course.patient_id == patient_id):
        _plan(patient, short, moment)
    db.session.commit()


def _plan(patient: Patient, short: Short, moment: datetime) -> None:
    author = db.session.scalar(_by_the_hand_of(short.course))
    if author is None:
        return
    zone = db.session.get_one(Clinic, patient.clinic_id).zone
    weight = db.session.scalar(_weights(patient)) if short.last.unit == "mg/kg" else None
    texts = [_text(short.last, at, weight, zone, moment) for at in _next(short, zone)]
    receive(patient, texts, author=author, device=None, received_at=moment)


def _by_the_hand_of(course: Course) -> Select[Person]:
    """Whoever gave it; when they are gone a clinician of the care team, or else another or a manager."""
    given = (Version.clinic_id == course.clinic_id, Version.patient_id == course.patient_id)
    giver = select(Version.author_id).where(*given, Version.id == course.version_id).scalar_subquery()
    team = (CareTeam.clinic_id == Person.clinic_id, CareTeam.person_id == Person.id, CareTeam.role == "clinician")
    treats = exists().where(*team, CareTeam.patient_id == course.patient_id)
    here, roles = Person.clinic_id == course.clinic_id, ("clinician", "manager")
    staff = (here, Person.role.in_(roles), Person.closed_at.is_(None))
    order = (Person.id != giver, ~treats, Person.role != "clinician", Person.created_at, Person.id)
    return select(Person).where(*staff).order_by(*order).limit(1)


def _weights(patient: Patient) -> Select[float | None]:
    """The newest that was written down."""
    theirs = (Treatment.clinic_id == patient.clinic_id, Treatment.patient_id == patient.id)
    known = select(Treatment.weight).where(*theirs, Treatment.weight.is_not(None), Treatment.status != "cancelled")
    return known.order_by(Treatment.at.desc(), Treatment.written_at.desc()).limit(1)


def _next(short: Short, zone: str) -> Iterator[datetime]:
    """As far as there is room for the whole rhythm before what is planned beyond."""
    there = short.last.at.astimezone(ZoneInfo(zone))
    rhythm = Rhythm(short.missing, short.every, 1, short.every, workdays=short.last.place == "clinic")
    for day in maintenance(rhythm, there.date(), short.missing + 1)[1:]:
        at = at_wall(day, there.time(), zone)
        if short.beyond and short.beyond - at < timedelta(days=short.every):
            return
        yield at


def _text(last: Treatment, at: datetime, weight: float | None, zone: str, moment: datetime) -> str:
    weighed = {"weight": weight} if weight else {}
    body = {"status": "planned", "at": at.isoformat(), **{name: getattr(last, name) for name in USUAL}, **weighed}
    when: dict[str, Any] = {"day": at.date(), "felt_at": at, "written_at": moment.astimezone(ZoneInfo(zone))}
    return written("treatment", body, id=new_id(moment), record=new_id(moment), parents=[], zone=zone, **when)


def _running_out(moment: datetime, *whose: ColumnElement[bool]) -> Iterator[Short]:
    """In two queries, however many there are. Where the last one was called off, or nobody planned for long, a
    maintenance has ended."""
    courses = list(db.session.scalars(_maintenances(*whose)))
    longest = max((one.every or 0 for one in courses), default=0)
    known = _treatments(moment - timedelta(days=longest), *whose) if courses else {}
    for course in courses:
        of_it = [one for one in known.get((course.clinic_id, course.patient_id), ()) if _is_of(course, one)]
        series = in_rhythm(of_it, course.every or 0, moment)
        missing = AHEAD - sum(one.status == "planned" and one.at > moment for one in series)
        if series and series[-1].status != "cancelled" and missing > 0:
            far = (one.at for one in of_it if one.status == "planned" and one.at > series[-1].at)
            yield Short(course, course.every or 0, series[-1], missing, next(far, None))


def _maintenances(*whose: ColumnElement[bool]) -> Select[Course]:
    """The newest course of each patient whose account is open, where it is a maintenance of known rhythm."""
    newer = aliased(Course)
    later = (newer.written_at > Course.written_at) | (
        (newer.written_at == Course.written_at) & (newer.version_id > Course.version_id)
    )
    of_same = (newer.clinic_id == Course.clinic_id, newer.patient_id == Course.patient_id)
    person = (Person.clinic_id == Course.clinic_id) & (Person.id == Course.patient_id) & Person.closed_at.is_(None)
    goes_on = (Course.phase == "maintenance", Course.every.is_not(None), ~exists().where(*of_same, later))
    return select(Course).join(Person, person).where(*goes_on, *whose)


def _treatments(since: datetime, *whose: ColumnElement[bool]) -> dict[tuple[str, str], Sequence[Treatment]]:
    """By patient, each in the order of time; of two heads of a record the later written stands."""
    theirs = and_(Treatment.clinic_id == Course.clinic_id, Treatment.patient_id == Course.patient_id)
    of_these = exists().where(theirs, Course.phase == "maintenance", Course.every.is_not(None), *whose)
    rows = select(Treatment).where(Treatment.at >= since, of_these).order_by(Treatment.written_at)
    newest: dict[tuple[str, str], dict[str, Treatment]] = defaultdict(dict)
    for row in db.session.scalars(rows):
        newest[row.clinic_id, row.patient_id][row.record] = row
    return {whose: sorted(of_one.values(), key=lambda one: one.at) for whose, of_one in newest.items()}


def _is_of(course: Course, treatment: Treatment) -> bool:
    """What was called off when it was given was of another."""
    is_left = treatment.status != "cancelled" or treatment.written_at > course.written_at
    return treatment.day >= course.started and is_left
