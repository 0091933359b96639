"""What the rules, as they are set now, would have raised over the last days. Changes nothing."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select

from pwa.domain.safety.facts import BACK
from pwa.domain.safety.history import Tally, raised
from pwa.records.base import db
from pwa.records.facts import facts_of
from pwa.records.people import Patient
from pwa.records.responding import house_of


def dry_run(clinic_id: str, since: datetime, until: datetime) -> Tally:
    house, together = house_of(clinic_id), Tally()
    for patient_id in db.session.scalars(select(Patient.id).where(Patient.clinic_id == clinic_id)):
        facts = facts_of(
            clinic_id, patient_id, (since - BACK).date(), (until + timedelta(days=1)).date(), everything=True
        )
        together.add(raised(facts, house.levels, since, until, house.off)[1])
    return together
