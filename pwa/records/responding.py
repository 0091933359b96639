"""Who answers an alert, by when, and by which figures: the clinic's settings, or the defaults."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, bindparam, func, or_, select, update

from pwa.domain import safety
from pwa.domain.safety.clock import MINUTES, Cover
from pwa.records.access import CareTeam
from pwa.records.alerts import Alert, Responder, SafetySettings
from pwa.records.base import db, table_of
from pwa.records.notices import Notice, PushSubscription, Wanted, browsers_of, enqueue
from pwa.records.people import Clinic, Person

SETTINGS, CLINICS, RESPONDERS, PEOPLE, TEAMS = map(table_of, (SafetySettings, Clinic, Responder, Person, CareTeam))
_here: BindParameter[Any] = bindparam("clinic")
ASK_HOUSE = (
    select(CLINICS.c.zone, SETTINGS)
    .select_from(CLINICS.outerjoin(SETTINGS, SETTINGS.c.clinic_id == CLINICS.c.id))
    .where(CLINICS.c.id == _here)
)
_open = (PEOPLE.c.clinic_id == _here) & PEOPLE.c.closed_at.is_(None)
ASK_ROTA = (
    select(RESPONDERS.c.person_id)
    .join(PEOPLE, (PEOPLE.c.clinic_id == RESPONDERS.c.clinic_id) & (PEOPLE.c.id == RESPONDERS.c.person_id))
    .where(RESPONDERS.c.clinic_id == _here, _open)
    .order_by(RESPONDERS.c.place)
)
ASK_TEAM = (
    select(TEAMS.c.person_id)
    .join(PEOPLE, (PEOPLE.c.clinic_id == TEAMS.c.clinic_id) & (PEOPLE.c.id == TEAMS.c.person_id))
    .where(TEAMS.c.clinic_id == _here, TEAMS.c.patient_id == bindparam("patient"), TEAMS.c.role == "clinician", _open)
    .order_by(TEAMS.c.person_id)
)
ASK_MANAGERS = select(PEOPLE.c.id).where(_open, PEOPLE.c.role == "manager")
_clinicians = PEOPLE.alias("clinicians")
_treated = (
    select(TEAMS.c.patient_id)
    .join(_clinicians, (_clinicians.c.clinic_id == TEAMS.c.clinic_id) & (_clinicians.c.id == TEAMS.c.person_id))
    .where(TEAMS.c.clinic_id == _here, TEAMS.c.role == "clinician", _clinicians.c.closed_at.is_(None))
)
ASK_WITHOUT = (
    select(func.count()).select_from(PEOPLE).where(_open, PEOPLE.c.role == "patient", PEOPLE.c.id.not_in(_treated))
)
#: notices by which somebody hears of an alert
TELLING = ("alert", "escalation")


@dataclass(frozen=True)
class House:
    """As much of a clinic as raising and answering alerts needs."""

    clinic_id: str
    cover: Cover
    levels: Mapping[str, float]
    #: ids of rules that are switched off
    off: Collection[str]


def house_of(clinic_id: str) -> House:
    [row] = db.session.connection().execute(ASK_HOUSE, {"clinic": clinic_id})
    if row.clinic_id is None:
        return House(clinic_id, Cover(row.zone), safety.levels({}), ())
    minutes = {tier: (own[0], own[1]) for tier, usual in MINUTES.items() for own in [row.minutes.get(tier, usual)]}
    cover = Cover(row.zone, row.days, row.opens, row.closes, [date.fromisoformat(day) for day in row.closed], minutes)
    off = [rule.id for rule in safety.OPTIONAL if rule.id in row.off]
    return House(clinic_id, cover, safety.levels(row.levels), off)


def rota(clinic_id: str, patient_id: str) -> Sequence[str]:
    """Ids of people, the first to be told first: the clinic's rota; where there is none, whoever treats the patient."""
    asked = {"clinic": clinic_id, "patient": patient_id}
    for sentence in (ASK_ROTA, ASK_TEAM):
        if found := list(db.session.connection().execute(sentence, asked).scalars()):
            return found
    return []


def tell(house: House, news: Iterable[tuple[Mapping[str, Any], str]]) -> None:
    """Writes notices for whoever has the alert, or else the first of the rota, one for each event; where there is
    nobody, the managers hear of it.

    `news`: an alert, and the id of what happened to it"""
    wanted = []
    for alert, event_id in news:
        cause = f"alert:{alert['id']}:{alert['tier']}:{event_id}"
        owner = alert["assigned_to"] or next(iter(rota(house.clinic_id, alert["patient_id"])), None)
        if owner:
            wanted += notices(house.clinic_id, owner, "alert", alert["id"], cause, alert["last_at"])
        else:
            tell_operators(house.clinic_id, {alert["id"]: alert["last_at"]}, "nobody-answers")
    _send(wanted)


def let_go(clinic_id: str, person_id: str, moment: datetime, patients: Collection[str] | None = None) -> None:
    """What this person had in hand of these patients, or of all, goes on to the next one. The caller commits."""
    had = or_(Alert.assigned_to == person_id, Alert.acknowledged_by == person_id)
    theirs = (Alert.clinic_id == clinic_id, Alert.state != "resolved", had)
    found = theirs if patients is None else (*theirs, Alert.patient_id.in_(patients))
    db.session.execute(update(Alert).where(*found).values(assigned_to=None, escalate_at=moment))


def told_last(alert: Alert) -> str | None:
    """Whoever has it, or else the person whom its newest notice is for; None: nobody was told."""
    newest = select(Notice.person_id).where(tells_of(alert)).order_by(Notice.created_at.desc(), Notice.id.desc())
    return alert.assigned_to or db.session.scalar(newest.limit(1))


def tells_of(alert: Alert) -> ColumnElement[bool]:
    return (Notice.clinic_id == alert.clinic_id) & Notice.what.in_(TELLING) & (Notice.about == alert.id)


def without_anyone(clinic_id: str) -> int:
    """Patients of whose alerts nobody would be told: there is no rota, and no clinician treats them."""
    here = {"clinic": clinic_id}
    connection = db.session.connection()
    if connection.execute(ASK_ROTA.limit(1), here).first():
        return 0
    return connection.execute(ASK_WITHOUT, here).scalar_one()


def tell_operators(
    clinic_id: str, failed: Mapping[str, datetime], how: str = "rule-failed", notice: str = "operator"
) -> None:
    """Managers, once a day for each rule, or whatever else failed or must be known."""
    if not failed:
        return
    managers = list(db.session.connection().execute(ASK_MANAGERS, {"clinic": clinic_id}).scalars())
    for what, at in failed.items():
        cause = f"{how}:{what}:{at:%Y-%m-%d}"
        _send([one for who in managers for one in notices(clinic_id, who, notice, what, cause, at)])


def notices(clinic_id: str, person: str, what: str, about: str, cause: str, at: datetime) -> list[Wanted]:
    """Pushed as well to whoever asked for it somewhere; where that fails the mail has gone already."""
    browser = db.session.scalar(browsers_of(clinic_id, person, at).with_only_columns(PushSubscription.id).limit(1))
    ways = ("mail", "push") if browser else ("mail",)
    return [Wanted(clinic_id, person, what, about, cause, way, at) for way in ways]


def _send(wanted: Sequence[Wanted]) -> None:
    if wanted:
        enqueue(wanted, max(one.due_at for one in wanted))
