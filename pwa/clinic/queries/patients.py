"""The patients of one's own, fifty at a time, and what a line of the list says of each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import Select, Subquery, func, select

from pwa.accounts import alerts_of, is_open, patients_of, role_reads
from pwa.clinic.queries import AS_PERSON, IDENTITY, AnyRow, AnySelect, alerts
from pwa.clinic.queries.glance import Glance, glances
from pwa.domain.names import holds
from pwa.records import Alert, Patient, Person, Treatment, db

PER_PAGE = 50


@dataclass
class Line:
    """One patient of the list."""

    #: id, code, name, birth_date, language, phone, may_leave_message
    patient: AnyRow
    glance: Glance
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


def page(user: Person, text: str, number: int, today: date, moment: datetime) -> Page:
    """Alerts that nobody has acknowledged first, the gravest and then the oldest. Then by the next treatment. `text`:
    parts of a code or a name."""
    theirs = patients_of(user)
    if text:
        theirs = theirs.where(Patient.id.in_(_called(theirs, text)))
    return _page(user, theirs, "", number, today, moment)


def quiet_page(user: Person, code: str, number: int, today: date, moment: datetime) -> Page:
    """Those for whom nothing is open."""
    return _page(user, quiet_of(user), code, number, today, moment)


def quiet_count(user: Person) -> int:
    return db.session.scalar(quiet_of(user).with_only_columns(func.count())) or 0


def quiet_of(user: Person) -> Select[Patient]:
    """Patients of the user's own without an open alert; not those whose alerts are hidden from the user."""
    flagged = alerts_of(user).where(alerts.OPEN).with_only_columns(Alert.patient_id)
    return patients_of(user).where(Patient.id.not_in(flagged), is_open("alerts", Patient, user))


def _called(theirs: Select[Patient], text: str) -> list[str]:
    """The database, which holds names encrypted, cannot find by them."""
    named = theirs.join(Person, AS_PERSON).with_only_columns(Patient.id, Patient.code, Person.name)
    return [one.id for one in db.session.execute(named) if holds(text, one.code, one.name)]


def _page(user: Person, whose: Select[Patient], code: str, number: int, today: date, moment: datetime) -> Page:
    waiting = _waiting(user)
    theirs = whose.outerjoin(waiting, waiting.c.patient_id == Patient.id)
    if code:
        theirs = theirs.where(Patient.code.icontains(code, autoescape=True))
    counts = theirs.with_only_columns(func.count(), func.count(waiting.c.patient_id))
    total, waits = db.session.execute(counts).one()
    listed = _in_order(user, theirs, waiting, today).limit(PER_PAGE).offset((number - 1) * PER_PAGE)
    rows = db.session.execute(listed).all()
    return Page(_lines(user, rows, today, moment), total, waits)


def _in_order(user: Person, theirs: Select[Patient], waiting: Subquery, today: date) -> AnySelect:
    upcoming = (
        select(func.min(Treatment.at))
        .where(Treatment.clinic_id == Patient.clinic_id, Treatment.patient_id == Patient.id)
        .where(Treatment.status == "planned", Treatment.day >= today, role_reads("sessions", user))
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


def _lines(user: Person, rows: Sequence[AnyRow], today: date, moment: datetime) -> list[Line]:
    ids = [row.id for row in rows]
    seen = glances(user, ids, today)
    open_ones: dict[str, list[alerts.Shown]] = defaultdict(list)
    for one in alerts.of_patients(user, ids):
        open_ones[one.alert.patient_id].append(one)
    return [Line(row, seen[row.id], open_ones[row.id]) for row in rows]
