"""What the demo's clinic did about alerts: looked at the next reading, called, and settled it."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import bindparam, select

from pwa.demo.lives import READS
from pwa.demo.people import ZONE
from pwa.domain.reading import next_read
from pwa.records import Alert, AlertEvent, Patient, Person, db
from pwa.records.ids import uuid7

#: minutes after the reading begins
LOOKED, CALLED, SETTLED = timedelta(minutes=12), timedelta(minutes=25), timedelta(minutes=31)


OPEN = select(Alert).where(
    Alert.clinic_id == bindparam("clinic"),
    Alert.patient_id == bindparam("patient"),
    Alert.state != "resolved",
    Alert.raised_at < bindparam("until"),
)


def answered(clinician: Person, patient: Patient, until: datetime) -> None:
    """Every open alert of this patient that was raised before."""
    asked = {"clinic": patient.clinic_id, "patient": patient.id, "until": until}
    for alert in db.session.scalars(OPEN, asked):
        read = next_read({"reads": READS, "zone": ZONE}, alert.last_at)
        alert.state, alert.escalate_at = "resolved", None
        alert.acknowledged_at, alert.acknowledged_by = read + LOOKED, clinician.id
        alert.resolved_at, alert.resolved_by = read + SETTLED, clinician.id
        done = {"acknowledged": LOOKED, "acted": CALLED, "resolved": SETTLED}
        db.session.add_all(_event(alert, clinician, what, read + after) for what, after in done.items())


def _event(alert: Alert, clinician: Person, what: str, at: datetime) -> AlertEvent:
    return AlertEvent(
        clinic_id=alert.clinic_id,
        id=uuid7(at),
        alert_id=alert.id,
        what=what,
        at=at,
        person_id=clinician.id,
        note=None,
        details={"action": "call"} if what == "acted" else {},
    )
