"""Everyone of a clinic, fifty at a time, with their open sign-ins."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import case, func, or_, select

from pwa.accounts import people_of
from pwa.clinic.queries import AnyRow
from pwa.records import Patient, Person, SignIn, db

PER_PAGE = 50
ORDER = {"manager": 0, "clinician": 1, "therapist": 2, "front-desk": 3}


def page(user: Person, code: str, number: int, moment: datetime) -> Sequence[AnyRow]:
    """Staff first, then patients by code. `code`: a part of a code or a name."""
    patient = (Patient.clinic_id == Person.clinic_id) & (Patient.id == Person.id)
    open_ones = (
        select(SignIn.person_id, func.count().label("open"), func.max(SignIn.opened_at).label("last"))
        .where(SignIn.clinic_id == user.clinic_id, SignIn.revoked_at.is_(None), SignIn.expires_at > moment)
        .group_by(SignIn.person_id)
        .subquery()
    )
    found = (
        people_of(user)
        .outerjoin(Patient, patient)
        .outerjoin(open_ones, open_ones.c.person_id == Person.id)
        .with_only_columns(
            Person.id,
            Person.role,
            Person.name,
            Person.email,
            Person.closed_at,
            Patient.code,
            open_ones.c.open,
            open_ones.c.last,
            func.count().over().label("total"),
        )
        .order_by(case(ORDER, value=Person.role, else_=len(ORDER)), Patient.code, Person.name, Person.id)
    )
    if code:
        found = found.where(or_(*(column.icontains(code, autoescape=True) for column in (Patient.code, Person.name))))
    return db.session.execute(found.limit(PER_PAGE).offset((number - 1) * PER_PAGE)).all()
