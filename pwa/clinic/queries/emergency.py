"""Whose record is meant to be opened in an emergency, whether anything of it is closed, and which were opened."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import aliased

from pwa.accounts import emergencies_here, emergencies_of, emergencies_of_own, hidden_from, patients_of
from pwa.accounts.called import naming
from pwa.clinic.queries import AS_PERSON, AnyRow
from pwa.domain.names import is_called
from pwa.records import CareTeam, Emergency, Patient, Person, db
from pwa.records.typed import HUNDREDS

MOST = 50
#: for so long those who treat a patient are shown that somebody else opened the record
LATELY = timedelta(days=7)


def meant(user: Person, typed: str, born: date | None) -> list[AnyRow]:
    """Who was born then, by code or full name, of the whole clinic. The database cannot find by names: it holds them
    encrypted."""
    here = (Patient.clinic_id == user.clinic_id, Person.erased_at.is_(None), Patient.birth_date == born)
    everyone = db.session.execute(select(Patient.id, Patient.code, Person.name).join(Person, AS_PERSON).where(*here))
    return [one for one in everyone if is_called(typed, one.code, one.name)]


def is_closed(user: Person, patient_id: str) -> bool:
    """Whether anything is that an emergency would open."""
    if db.session.scalar(emergencies_of(user).where(Emergency.patient_id == patient_id).limit(1)):
        return False
    is_mine = db.session.scalar(patients_of(user).where(Patient.id == patient_id)) is not None
    return not is_mine or bool(hidden_from(user, [patient_id]))


def reasons(user: Person, ids: Iterable[str]) -> dict[str, str]:
    """Why they were opened, by their ids."""
    ordered = sorted(set(ids))
    found: dict[str, str] = {}
    for start in range(0, len(ordered), HUNDREDS):
        some = emergencies_here(user).where(Emergency.id.in_(ordered[start : start + HUNDREDS]))
        found |= {one.id: one.reason for one in db.session.scalars(some)}
    return found


def team_of(opened: Emergency) -> Sequence[Person]:
    """Whoever treats the patient, but for the one who opened it."""
    who = (CareTeam.clinic_id == Person.clinic_id) & (CareTeam.person_id == Person.id)
    hers = (CareTeam.clinic_id == opened.clinic_id, CareTeam.patient_id == opened.patient_id)
    others = (Person.id != opened.person_id, Person.closed_at.is_(None))
    return db.session.scalars(select(Person).join(CareTeam, who).where(*hers, *others)).all()


def lately(user: Person, moment: datetime) -> Sequence[AnyRow]:
    """Those of the user's own patients by somebody else, with whose and by whom; the newest first."""
    patient = (Patient.clinic_id == Emergency.clinic_id) & (Patient.id == Emergency.patient_id)
    by = aliased(Person)
    who = (by.clinic_id == Emergency.clinic_id) & (by.id == Emergency.person_id)
    found = emergencies_of_own(user).where(Emergency.at > moment - LATELY).join(Patient, patient)
    named = (
        found.join(Person, AS_PERSON)
        .join(by, who)
        .with_only_columns(Emergency, Patient.code, Person.name.label("patient"), *naming(by, Emergency.at))
    )
    return db.session.execute(named.order_by(Emergency.at.desc()).limit(MOST)).all()


def listed(user: Person, first: datetime, last: datetime) -> Sequence[AnyRow]:
    """Those opened within this time, with the code of the patient and the name of who opened it; the newest first."""
    patient = (Patient.clinic_id == Emergency.clinic_id) & (Patient.id == Emergency.patient_id)
    who = (Person.clinic_id == Emergency.clinic_id) & (Person.id == Emergency.person_id)
    named = emergencies_here(user).join(Patient, patient).join(Person, who).where(Emergency.at.between(first, last))
    found = named.with_only_columns(Emergency, Patient.code, *naming(Person, Emergency.at))
    return db.session.execute(found.order_by(Emergency.at.desc()).limit(MOST)).all()
