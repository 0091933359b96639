"""What a patient of the demo clinic hides, and the record that was opened in an emergency: as in earnest, days ago."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from flask import current_app
from sqlalchemy import select

from pwa.accounts import audit, hiding
from pwa.clinic import emergency
from pwa.records import Emergency, Person, db

REASON = "Her sister called: she felt faint on the way home. Nobody of her care team could be reached."


def hides(patient: Person, moment: datetime) -> None:
    """How she slept and felt, from therapists."""
    with _at(moment):
        hiding.turn(patient, "check-ins", "therapist", hides=True)


def opened(patient_id: str, clinician: Person, moment: datetime) -> None:
    """Looked at, and closed again within the hour."""
    with _at(moment):
        emergency.open_to(clinician, patient_id, REASON)
    with _at(moment + timedelta(minutes=1)):
        audit.read(clinician, "patient", [patient_id])
    one = db.session.scalars(select(Emergency).filter_by(patient_id=patient_id)).one()
    one.seen_at = moment + timedelta(hours=5)
    with _at(moment + timedelta(minutes=35)):
        emergency.end(clinician, one)


@contextmanager
def _at(moment: datetime) -> Iterator[None]:
    clock = current_app.config["CLOCK"]
    current_app.config["CLOCK"] = lambda: moment
    yield
    current_app.config["CLOCK"] = clock
