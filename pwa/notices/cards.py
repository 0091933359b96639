"""The clinic's card for whoever has none yet, so that a new patient too is told when somebody is there."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Select, select

from pwa.config import now
from pwa.notices.each import for_each
from pwa.notices.reminders import is_time
from pwa.records import Clinic, Patient, Person, Version, db
from pwa.records.base import begin_writing
from pwa.records.card import said
from pwa.sync.envelope import as_text, read, written
from pwa.sync.ids import new_id
from pwa.sync.receive import receive

#: what a card says of the clinic that is set nowhere else
OF_CLINIC = ("phone", "hours", "region", "reads")


def give(_me: str) -> None:
    """A patient at a time; a second run gives none."""
    moment = now()
    if not is_time(moment):
        return
    patients = [(row.clinic_id, row.id) for row in db.session.execute(_without())]
    db.session.rollback()
    for_each("cards", patients, lambda clinic, patient: _to_one(clinic, patient, moment), moment)


def _without() -> Select[str, str]:
    """Counted one by one: a patient's card is among the first that was said, where a look at all would be long."""
    theirs = (Version.clinic_id == Patient.clinic_id, Version.patient_id == Patient.id, Version.kind == "card")
    card = select(Version.id).where(*theirs, Version.outcome == "stored").limit(1).scalar_subquery()
    whose = (Person.clinic_id == Patient.clinic_id) & (Person.id == Patient.id) & Person.closed_at.is_(None)
    return select(Patient.clinic_id, Patient.id).join(Person, whose).where(card.is_(None))


def _to_one(clinic_id: str, patient_id: str, moment: datetime) -> None:
    begin_writing()
    patient = db.session.get_one(Patient, (clinic_id, patient_id), with_for_update=True)
    author = db.session.scalar(_manager(clinic_id))
    is_without = db.session.execute(_without().where(Patient.clinic_id == clinic_id, Patient.id == patient_id)).first()
    if author and is_without:
        clinic = db.session.get_one(Clinic, clinic_id)
        body = {**_of_clinic(clinic_id), "name": clinic.name, "zone": clinic.zone, **said(clinic_id)}
        receive(patient, [_text(body, clinic.zone, moment)], author=author, device=None, received_at=moment)
    db.session.commit()


def _manager(clinic_id: str) -> Select[Person]:
    """By whose hand: a manager sets what the card says; where there is none, whoever works there."""
    staff = (Person.clinic_id == clinic_id, Person.role != "patient", Person.closed_at.is_(None))
    return select(Person).where(*staff).order_by(Person.role != "manager", Person.created_at, Person.id).limit(1)


def _of_clinic(clinic_id: str) -> dict[str, Any]:
    """As the newest card of another patient has it."""
    cards = select(Version.text).where(Version.clinic_id == clinic_id, Version.kind == "card")
    stored = cards.where(Version.outcome == "stored").order_by(Version.received_at.desc(), Version.id.desc())
    text = db.session.scalar(stored.limit(1))
    body = (read(as_text(text), lambda *_: None).body if text else None) or {}
    return {name: body[name] for name in OF_CLINIC if name in body}


def _text(body: dict[str, Any], zone: str, moment: datetime) -> str:
    here = moment.astimezone(ZoneInfo(zone))
    when: dict[str, Any] = {"day": here.date(), "felt_at": here, "written_at": here}
    return written("card", body, id=new_id(moment), record=new_id(moment), parents=[], zone=zone, **when)
