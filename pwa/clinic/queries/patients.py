"""The patients of one's own, fifty at a time, and what a line of the list says of each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Select, Subquery, func, select

from pwa.accounts import alerts_of, patients_of
from pwa.clinic.queries import AS_PERSON, IDENTITY, AnyRow, AnySelect, alerts
from pwa.clinic.spark import DAYS, Spark, drawn
from pwa.domain.course import Place, place
from pwa.records import Alert, CheckIn, Course, Patient, Person, Treatment, db

PER_PAGE = 50
#: an induction fits in, and so does the rhythm of maintenance
TREATED_SINCE = timedelta(days=60)


@dataclass
class Line:
    """One patient of the list."""

    #: id, code, name, birth_date, language, phone, may_leave_message
    patient: AnyRow
    course: AnyRow | None = None
    place: Place[Any] | None = None
    spark: Spark | None = None
    last: AnyRow | None = None
    next: AnyRow | None = None
    #: open ones, the gravest first
    alerts: list[alerts.Shown] = field(default_factory=list)

    @property
    def waits(self) -> bool:
        return any(one.alert.state == "raised" for one in self.alerts)


@dataclass(frozen=True)
class Page:
    lines: list[Line]
    #: of all pages: patients, and those of them with an alert that nobody has acknowledged
    total: int
    waiting: int


def page(user: Person, code: str, number: int, today: date, moment: datetime) -> Page:
    """Alerts that nobody has acknowledged first, the gravest and then the oldest. Then by the next treatment."""
    waiting = _waiting(user)
    theirs = patients_of(user).outerjoin(waiting, waiting.c.patient_id == Patient.id)
    if code:
        theirs = theirs.where(Patient.code.icontains(code, autoescape=True))
    counts = theirs.with_only_columns(func.count(), func.count(waiting.c.patient_id))
    total, waits = db.session.execute(counts).one()
    listed = _in_order(theirs, waiting, today).limit(PER_PAGE).offset((number - 1) * PER_PAGE)
    lines = {row.id: Line(row) for row in db.session.execute(listed)}
    if lines:
        _fill(user, lines, today, moment)
    return Page(list(lines.values()), total, waits)


def _in_order(theirs: Select[Patient], waiting: Subquery, today: date) -> AnySelect:
    upcoming = (
        select(func.min(Treatment.at))
        .where(Treatment.clinic_id == Patient.clinic_id, Treatment.patient_id == Patient.id)
        .where(Treatment.status == "planned", Treatment.day >= today)
        .correlate(Patient)
        .scalar_subquery()
        .label("next_at")
    )
    columns = theirs.join(Person, AS_PERSON).with_only_columns(*IDENTITY, upcoming)
    return columns.order_by(
        waiting.c.rank.asc().nulls_last(), waiting.c.since, upcoming.asc().nulls_last(), Patient.code
    )


def _waiting(user: Person) -> Subquery:
    rank = func.min(alerts.GRAVEST_FIRST).label("rank")
    return (
        alerts_of(user)
        .where(Alert.state == "raised")
        .with_only_columns(Alert.patient_id, rank, func.min(Alert.raised_at).label("since"))
        .group_by(Alert.patient_id)
        .subquery()
    )


def _fill(user: Person, lines: dict[str, Line], today: date, moment: datetime) -> None:
    clinic_id, ids = user.clinic_id, list(lines)
    for course in _courses(clinic_id, ids):
        lines[course.patient_id].course = course
    for last in _last_check_ins(clinic_id, ids):
        lines[last.patient_id].last = last
    for one in alerts.of_patients(user, ids):
        lines[one.alert.patient_id].alerts.append(one)
    moods = _moods(clinic_id, ids, today)
    treatments = _treatments(clinic_id, ids, today)
    for id_, line in lines.items():
        theirs = treatments[id_]
        given = [one.day for one in theirs if one.status == "given"]
        line.spark = drawn(moods[id_], given, today)
        line.next = next((one for one in theirs if one.status == "planned" and one.day >= today), None)
        if line.course:
            line.place = place(line.course.phase, line.course.planned, theirs, moment)


def _courses(clinic_id: str, ids: Sequence[str]) -> Iterable[AnyRow]:
    """The newest of a patient comes last, and so it stands."""
    columns = select(Course.patient_id, Course.phase, Course.route, Course.planned, Course.started)
    return db.session.execute(_theirs(columns, Course, clinic_id, ids).order_by(Course.written_at, Course.version_id))


def _last_check_ins(clinic_id: str, ids: Sequence[str]) -> Iterable[AnyRow]:
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
    return db.session.execute(found.where(Patient.clinic_id == clinic_id, Patient.id.in_(ids)))


def _moods(clinic_id: str, ids: Sequence[str], today: date) -> dict[str, dict[date, int]]:
    """Of several check-ins of a day the one felt last."""
    columns = select(CheckIn.patient_id, CheckIn.day, CheckIn.mood)
    since = _theirs(columns, CheckIn, clinic_id, ids).where(CheckIn.day > today - timedelta(days=DAYS))
    found: dict[str, dict[date, int]] = defaultdict(dict)
    rows = since.where(CheckIn.mood.is_not(None)).order_by(CheckIn.felt_at, CheckIn.written_at, CheckIn.version_id)
    for row in db.session.execute(rows):
        found[row.patient_id][row.day] = row.mood
    return found


def _treatments(clinic_id: str, ids: Sequence[str], today: date) -> dict[str, list[AnyRow]]:
    """By time. Of two heads of a record the later written stands."""
    columns = select(
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
    since = _theirs(columns, Treatment, clinic_id, ids).where(Treatment.day >= today - TREATED_SINCE)
    standing: dict[str, dict[str, AnyRow]] = defaultdict(dict)
    for row in db.session.execute(since.order_by(Treatment.written_at, Treatment.version_id)):
        standing[row.patient_id][row.record] = row
    return {id_: sorted(standing[id_].values(), key=lambda row: row.at) for id_ in ids}


def _theirs(columns: AnySelect, table: Any, clinic_id: str, ids: Sequence[str]) -> AnySelect:
    return columns.where(table.clinic_id == clinic_id, table.patient_id.in_(ids))
