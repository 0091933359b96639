"""Alerts that the user may see: for the list, for one patient, and one with all that happened to it."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, case, func, not_, or_, select
from sqlalchemy.orm import aliased

from pwa.accounts import alerts_of, is_open
from pwa.clinic.queries import AS_PERSON, IDENTITY, AnyRow, AnySelect, by_name
from pwa.clinic.queries.latest import Latest, latest_of
from pwa.domain.safety import TIERS
from pwa.records import (
    Alert,
    AlertCause,
    AlertEvent,
    CareTeam,
    EffectsReport,
    Patient,
    Person,
    Responder,
    db,
    name_then,
)
from pwa.records.responding import told_last

#: of any one list
MOST = 200
GRAVEST_FIRST = case({tier: n for n, tier in enumerate(TIERS)}, value=Alert.tier)
OPEN = Alert.state != "resolved"
#: a yes to the question about thoughts, until somebody acknowledges it
FRESH_YES = and_(Alert.problem == "thoughts", Alert.tier != "watch", Alert.state == "raised")
YES_FIRST = case((FRESH_YES, 0), else_=1)
#: what asks somebody to look, and starts the first clock
TELLING = ("raised", "graver", "again", "told", "escalated")
#: several events of one moment: it was raised before it got graver, and acted on before it was resolved
FIRST_OF_A_MOMENT = case({"raised": 0, "acknowledged": 1, "acted": 2, "resolved": 4}, value=AlertEvent.what, else_=3)


@dataclass(frozen=True)
class Shown:
    """One alert and whose it is."""

    alert: Alert
    #: who the patient is; assignee and acknowledger by name; is_mine: the patient's page is open to the user;
    #: reads_check_ins: and they are not hidden from the user;
    #: can_wait: the patient says so in an entry that raised it, which lowers nothing;
    #: comes_first: a yes to the question about thoughts that nobody has acknowledged
    row: AnyRow
    #: the entry that raised it last; None: silence did
    latest: Latest | None

    @property
    def by(self) -> datetime | None:
        """When it goes to the next person."""
        return self.alert.escalate_at


def listed(user: Person, which: str, code: str, moment: datetime) -> list[Shown]:
    """`which`: open, mine or snoozed. A yes to the question about thoughts that nobody has acknowledged first, then the
    gravest, and of each tier the oldest."""
    wanted = _rows(user).where(OPEN, _lists(user, moment)[which])
    if code:
        wanted = wanted.where(Patient.code.icontains(code, autoescape=True))
    return _shown(user, wanted.order_by(YES_FIRST, GRAVEST_FIRST, Alert.raised_at, Alert.id).limit(MOST))


def counts(user: Person, moment: datetime) -> dict[str, int]:
    """How many stand on each list, and how many of the open ones are urgent."""
    lists = _lists(user, moment)
    lists["urgent"] = lists["open"] & (Alert.tier == "urgent")
    columns = [func.count(case((wanted, 1))) for wanted in lists.values()]
    found = db.session.execute(alerts_of(user).where(OPEN).with_only_columns(*columns)).one()
    return dict(zip(lists, found, strict=True))


def waiting(user: Person, moment: datetime) -> int:
    """How many are open and not asleep."""
    wanted = alerts_of(user).where(OPEN, _lists(user, moment)["open"])
    return db.session.scalar(wanted.with_only_columns(func.count())) or 0


def tellers(clinic_id: str) -> Sequence[str]:
    """Names of the clinic's rota, in the order in which they are told."""
    person = (Person.clinic_id == Responder.clinic_id) & (Person.id == Responder.person_id) & Person.closed_at.is_(None)
    names = select(Person.name).join(Responder, person).where(Responder.clinic_id == clinic_id)
    return db.session.scalars(names.order_by(Responder.place)).all()


@dataclass(frozen=True)
class Stand:
    #: another word as soon as a list would show something else; it says nothing of any patient
    word: str
    #: alerts that were raised since a moment, and how many of them are urgent
    new: int
    urgent: int


def stand(user: Person, moment: datetime, since: datetime) -> Stand:
    shown = (Alert.id, Alert.state, Alert.tier, Alert.count, Alert.last_at, Alert.escalate_at, Alert.assigned_to)
    sleeps = case((_lists(user, moment)["snoozed"], 1), else_=0)
    columns = (*shown, sleeps, Alert.raised_at)
    rows = db.session.execute(alerts_of(user).where(OPEN).order_by(Alert.id).with_only_columns(*columns)).all()
    new = [row for row in rows if row.raised_at > since]
    word = hashlib.sha256(repr(rows).encode()).hexdigest()
    return Stand(word, len(new), sum(row.tier == "urgent" for row in new))


def of_patients(user: Person, patients: Sequence[str]) -> list[Shown]:
    """Open ones, the gravest first."""
    return _shown(
        user, _rows(user).where(OPEN, Alert.patient_id.in_(patients)).order_by(GRAVEST_FIRST, Alert.raised_at)
    )


def one(user: Person, alert_id: str) -> Shown | None:
    """None where there is none, and where it is not the user's to see."""
    return next(iter(_shown(user, _rows(user).where(Alert.id == alert_id))), None)


def open_one(user: Person, patient: AnyRow, problem: str) -> Alert | None:
    its = (Alert.patient_id == patient.id, Alert.problem == problem)
    return db.session.scalar(alerts_of(user).where(*its, OPEN))


def causes(alert: Alert) -> Sequence[AlertCause]:
    """The latest first."""
    its = (AlertCause.clinic_id == alert.clinic_id, AlertCause.alert_id == alert.id)
    return db.session.scalars(select(AlertCause).where(*its).order_by(AlertCause.at.desc()).limit(MOST)).all()


def events(alert: Alert) -> list[tuple[AlertEvent, str | None, str | None]]:
    """What happened, in order, with the names of who did it and of whom it went to."""
    its = (AlertEvent.clinic_id == alert.clinic_id, AlertEvent.alert_id == alert.id)
    who = (Person.clinic_id == AlertEvent.clinic_id) & (Person.id == AlertEvent.person_id)
    asked = select(AlertEvent, name_then(Person, AlertEvent.at)).outerjoin(Person, who).where(*its)
    found = db.session.execute(asked.order_by(AlertEvent.at, FIRST_OF_A_MOMENT, AlertEvent.id)).all()
    names = _names(alert, {to for event, _ in found if (to := event.details.get("to"))})
    return [(event, name, names.get(event.details.get("to", ""))) for event, name in found]


def told(alert: Alert) -> str | None:
    """The name of whoever was told last; None: nobody was."""
    last = told_last(alert) or ""
    return _names(alert, {last}).get(last)


def _names(alert: Alert, people: Collection[str]) -> dict[str, str]:
    rows = select(Person.id, Person.name).where(Person.clinic_id == alert.clinic_id, Person.id.in_(people))
    return {row.id: row.name for row in db.session.execute(rows)}


def may_take(alert: Alert) -> Sequence[AnyRow]:
    """Clinicians whom it can be given to, by name: who treats the patient, and who answers for the clinic."""
    team = select(CareTeam.person_id).where(
        CareTeam.clinic_id == alert.clinic_id, CareTeam.patient_id == alert.patient_id, CareTeam.role == "clinician"
    )
    rota = select(Responder.person_id).where(Responder.clinic_id == alert.clinic_id)
    people = select(Person.id, Person.name).where(
        Person.clinic_id == alert.clinic_id, Person.role == "clinician", Person.closed_at.is_(None)
    )
    return by_name(db.session.execute(people.where(Person.id.in_(team.union(rota)))))


def _lists(user: Person, moment: datetime) -> dict[str, ColumnElement[bool]]:
    sleeps = and_(Alert.snoozed_until.is_not(None), Alert.snoozed_until > moment)
    mine = or_(
        func.coalesce(Alert.assigned_to == user.id, False), func.coalesce(Alert.acknowledged_by == user.id, False)
    )
    return {"open": not_(sleeps), "mine": mine, "snoozed": sleeps}


def _rows(user: Person) -> AnySelect:
    assignee, acknowledger = aliased(Person), aliased(Person)
    is_assignee = (assignee.clinic_id == Alert.clinic_id) & (assignee.id == Alert.assigned_to)
    is_acknowledger = (acknowledger.clinic_id == Alert.clinic_id) & (acknowledger.id == Alert.acknowledged_by)
    patient = (Patient.clinic_id == Alert.clinic_id) & (Patient.id == Alert.patient_id)
    waits = (
        select(EffectsReport.record)
        .join(
            AlertCause,
            (AlertCause.clinic_id == EffectsReport.clinic_id)
            & (AlertCause.patient_id == EffectsReport.patient_id)
            & (AlertCause.record == EffectsReport.record),
        )
        .where(
            AlertCause.clinic_id == Alert.clinic_id, AlertCause.alert_id == Alert.id, EffectsReport.can_wait.is_(True)
        )
        .correlate(Alert)
        .exists()
    )
    return (
        alerts_of(user)
        .join(Patient, patient)
        .join(Person, AS_PERSON)
        .outerjoin(assignee, is_assignee)
        .outerjoin(acknowledger, is_acknowledger)
        .with_only_columns(
            Alert,
            *IDENTITY,
            assignee.name.label("assignee"),
            name_then(acknowledger, Alert.acknowledged_at).label("acknowledger"),
            waits.label("can_wait"),
            FRESH_YES.label("comes_first"),
            is_open("names", Patient, user).label("is_mine"),
            is_open("check-ins", Patient, user).label("reads_check_ins"),
        )
    )


def _shown(user: Person, wanted: AnySelect) -> list[Shown]:
    rows = db.session.execute(wanted).all()
    latest = latest_of(user.clinic_id, [row[0].id for row in rows]) if rows else {}
    return [Shown(row[0], row, latest.get(row[0].id)) for row in rows]
