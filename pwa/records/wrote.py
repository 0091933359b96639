"""When a patient wrote anything at all: whoever writes is not silent, whatever it is and whoever may read it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, union_all

from pwa.records.base import db
from pwa.records.entries import CallRequest, CheckIn, EffectsReport, JournalEntry, SafetyPlan
from pwa.records.room import GoalSaid

#: the rules judge check-ins and reports; of the others only the moment is known
JUDGED, OTHERS = (CheckIn, EffectsReport), (JournalEntry, CallRequest, SafetyPlan, GoalSaid)


def wrote(clinic_id: str, patient_id: str, since: datetime) -> list[datetime]:
    """Besides check-ins and reports; what came has been, however far ahead the phone's clock is."""
    parts = [
        select(table.felt_at, table.received_at).where(
            table.clinic_id == clinic_id, table.patient_id == patient_id, table.received_at > since
        )
        for table in OTHERS
    ]
    return [min(row.felt_at, row.received_at) for row in db.session.execute(union_all(*parts))]
