"""What rules would have raised over the last days. Changes nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import select

from pwa.domain.safety.facts import BACK
from pwa.domain.safety.history import Tally, raised
from pwa.domain.safety.judging import NO_NEWS
from pwa.records.base import db
from pwa.records.facts import facts_of
from pwa.records.people import Patient
from pwa.records.responding import House
from pwa.records.wrote import wrote


def dry_run(house: House, since: datetime, until: datetime, most: int | None = None) -> Tally:
    """By the house's rules and figures; `most`: over so many patients, those who wrote most."""
    together = Tally()
    patients = select(Patient.id).where(Patient.clinic_id == house.clinic_id).order_by(Patient.seq.desc(), Patient.id)
    for patient_id in db.session.scalars(patients.limit(most)):
        facts = facts_of(
            house.clinic_id, patient_id, (since - BACK).date(), (until + timedelta(days=1)).date(), everything=True
        )
        facts = replace(facts, wrote=wrote(house.clinic_id, patient_id, since - NO_NEWS))
        together.add(raised(facts, house.levels, since, until, house.off)[1])
    return together
