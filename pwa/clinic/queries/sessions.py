"""Planned treatments, and visits with therapists, by day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from pwa.accounts import patients_to_expect
from pwa.clinic.queries import AS_PERSON, IDENTITY, AnyRow
from pwa.records import Patient, Person, Treatment, Visit, db

AHEAD = timedelta(days=14)
#: a plan that nobody has recorded yet
BEHIND = timedelta(days=7)


def planned(user: Person, today: date) -> Sequence[AnyRow]:
    """By time; those of the last week that were neither given nor cancelled come first."""
    treatment = (Treatment.clinic_id == Patient.clinic_id) & (Treatment.patient_id == Patient.id)
    found = (
        patients_to_expect(user)
        .join(Person, AS_PERSON)
        .join(Treatment, treatment)
        .with_only_columns(
            *IDENTITY,
            Treatment.record,
            Treatment.day,
            Treatment.at,
            Treatment.route,
            Treatment.place,
            Treatment.number,
            Treatment.of,
        )
        .where(Treatment.status == "planned", Treatment.day.between(today - BEHIND, today + AHEAD))
    )
    return db.session.execute(found.order_by(Treatment.day, Treatment.at, Patient.code)).all()


def visits(user: Person, today: date) -> Sequence[AnyRow]:
    """From today on. One that is over leaves nothing to record."""
    theirs = (Visit.clinic_id == Patient.clinic_id) & (Visit.patient_id == Patient.id)
    found = (
        patients_to_expect(user)
        .join(Person, AS_PERSON)
        .join(Visit, theirs)
        .with_only_columns(*IDENTITY, Visit.day, Visit.at, Visit.minutes)
        .where(Visit.status == "planned", Visit.day.between(today, today + AHEAD))
    )
    return db.session.execute(found).all()
