"""The rules, as they are set now, over what was written in the last days: for when a rule or a figure has changed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import select

from pwa.domain import safety
from pwa.domain.safety import Call, Failure, Finding
from pwa.domain.safety.facts import BACK
from pwa.records.base import begin_writing, db
from pwa.records.entries import CallRequest
from pwa.records.facts import facts_of
from pwa.records.people import Patient
from pwa.records.raising import confess
from pwa.records.responding import house_of
from pwa.records.settling import settle


def raise_again(clinic_id: str, since: datetime, moment: datetime) -> int:
    """A patient at a time; how many alerts are new. What a rule has found before it finds no more."""
    patients = db.session.scalars(select(Patient.id).where(Patient.clinic_id == clinic_id)).all()
    db.session.rollback()
    return sum(of_one(clinic_id, patient_id, since, moment) for patient_id in patients)


def of_one(clinic_id: str, patient_id: str, since: datetime, moment: datetime) -> int:
    begin_writing()
    db.session.get_one(Patient, (clinic_id, patient_id), with_for_update=True)
    house = house_of(clinic_id)
    first, last = (since - BACK).date(), (moment + timedelta(days=1)).date()
    facts = facts_of(clinic_id, patient_id, first, last, everything=True)
    known = (*facts.said(), *facts.readings, *facts.doses, *_calls(clinic_id, patient_id))
    entries = [one for one in known if since <= one.felt_at <= moment]
    results = list(safety.found(entries, facts, house.levels, house.off))
    count = settle(house, patient_id, [(one, moment) for one in results if isinstance(one, Finding)])
    confess(house, patient_id, [(one, moment) for one in results if isinstance(one, Failure)])
    db.session.commit()
    return count


def _calls(clinic_id: str, patient_id: str) -> Iterator[Call]:
    """No rule looks back for them, so they are no facts."""
    theirs = (CallRequest.clinic_id == clinic_id, CallRequest.patient_id == patient_id, CallRequest.asked)
    for row in db.session.execute(
        select(CallRequest.record, CallRequest.version_id, CallRequest.felt_at).where(*theirs)
    ):
        yield Call(*row)
