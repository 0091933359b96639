"""Patients at a glance, for the lists: place in the course, fourteen days of mood, last check-in, next session."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from pwa.accounts import hidden_from, is_open, kept_of
from pwa.clinic.queries import AnyRow
from pwa.clinic.spark import DAYS, Spark, drawn
from pwa.domain.course import Place, is_given, place
from pwa.records import CheckIn, Course, HomeDose, Patient, Person, Treatment, db

#: an induction fits in, and so does the rhythm of maintenance
TREATED_SINCE = timedelta(days=60)


@dataclass
class Glance:
    spark: Spark
    course: AnyRow | None = None
    place: Place | None = None
    #: check-in
    last: AnyRow | None = None
    #: treatment that is planned
    next: AnyRow | None = None
    #: the patient hides check-ins from the reader
    is_hidden: bool = False


def glances(user: Person, ids: Sequence[str], today: date) -> dict[str, Glance]:
    """By patient, of everyone who is asked for; what they answered as far as the user may read it."""
    if not ids:
        return {}
    moods, treatments = _moods(user, ids, today), _treatments(user, ids, today)
    taken, given, found = _taken_at_home(user, ids, today), {}, {}
    for id_ in ids:
        given[id_] = [one for one in treatments[id_] if is_given(one, taken[id_])]
        ahead = [one for one in treatments[id_] if one.status == "planned" and one.record not in taken[id_]]
        found[id_] = Glance(drawn(moods[id_], [one.day for one in given[id_]], today))
        found[id_].next = next((one for one in ahead if one.day >= today), None)
    for course in _courses(user, ids):
        glance = found[course.patient_id]
        glance.course = course
        glance.place = place(course, given[course.patient_id])
    for id_, parts in hidden_from(user, ids).items():
        found[id_].is_hidden = "check-ins" in parts
    for last in _last_check_ins(user, ids):
        found[last.patient_id].last = last
    return found


def _courses(user: Person, ids: Sequence[str]) -> Iterable[AnyRow]:
    """The newest of a patient comes last, and so it stands."""
    columns = Course.patient_id, Course.phase, Course.route, Course.planned, Course.started
    theirs = kept_of(Course, user).where(Course.patient_id.in_(ids)).with_only_columns(*columns)
    return db.session.execute(theirs.order_by(Course.written_at, Course.version_id))


def _last_check_ins(user: Person, ids: Sequence[str]) -> Iterable[AnyRow]:
    newest = (
        select(CheckIn.version_id)
        .where(CheckIn.clinic_id == Patient.clinic_id, CheckIn.patient_id == Patient.id)
        .order_by(CheckIn.day.desc(), CheckIn.felt_at.desc(), CheckIn.version_id.desc())
        .limit(1)
        .correlate(Patient)
        .scalar_subquery()
    )
    columns = select(CheckIn.patient_id, CheckIn.day, CheckIn.felt_at, CheckIn.written_at, CheckIn.received_at)
    of_patient = (
        (CheckIn.clinic_id == Patient.clinic_id) & (CheckIn.patient_id == Patient.id) & (CheckIn.version_id == newest)
    )
    found = columns.join_from(Patient, CheckIn, of_patient)
    return db.session.execute(found.where(is_open("check-ins", Patient, user), Patient.id.in_(ids)))


def _moods(user: Person, ids: Sequence[str], today: date) -> dict[str, dict[date, int]]:
    """Of several check-ins of a day the one felt last."""
    columns = kept_of(CheckIn, user).with_only_columns(CheckIn.patient_id, CheckIn.day, CheckIn.mood)
    since = columns.where(CheckIn.patient_id.in_(ids), CheckIn.day > today - timedelta(days=DAYS))
    found: dict[str, dict[date, int]] = defaultdict(dict)
    rows = since.where(CheckIn.mood.is_not(None)).order_by(CheckIn.felt_at, CheckIn.written_at, CheckIn.version_id)
    for row in db.session.execute(rows):
        found[row.patient_id][row.day] = row.mood
    return found


def _treatments(user: Person, ids: Sequence[str], today: date) -> dict[str, list[AnyRow]]:
    """By time. Of two heads of a record the later written stands."""
    columns = (
        Treatment.patient_id,
        Treatment.record,
        Treatment.day,
        Treatment.status,
        Treatment.at,
        Treatment.minutes,
        Treatment.route,
        Treatment.number,
        Treatment.of,
    )
    theirs = (Treatment.patient_id.in_(ids), Treatment.day >= today - TREATED_SINCE)
    since = kept_of(Treatment, user).where(*theirs).with_only_columns(*columns)
    standing: dict[str, dict[str, AnyRow]] = defaultdict(dict)
    for row in db.session.execute(since.order_by(Treatment.written_at, Treatment.version_id)):
        standing[row.patient_id][row.record] = row
    return {id_: sorted(standing[id_].values(), key=lambda row: row.at) for id_ in ids}


def _taken_at_home(user: Person, ids: Sequence[str], today: date) -> dict[str, set[str]]:
    """By patient, the records of the plans whose dose they took."""
    planned = (HomeDose.treatment.is_not(None), HomeDose.day >= today - TREATED_SINCE)
    taken = kept_of(HomeDose, user).where(HomeDose.patient_id.in_(ids), *planned)
    found: dict[str, set[str]] = defaultdict(set)
    for row in db.session.execute(taken.with_only_columns(HomeDose.patient_id, HomeDose.treatment)):
        found[row.patient_id].add(row.treatment)
    return found
