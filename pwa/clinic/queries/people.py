"""Everyone of a clinic, fifty at a time, with their open sign-ins."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func

from pwa.accounts import open_ones, people_of
from pwa.clinic.queries import AnyRow
from pwa.domain.names import holds
from pwa.records import Clinic, Patient, Person, SignIn, db

PER_PAGE = 50
ORDER = {"manager": 0, "clinician": 1, "therapist": 2, "front-desk": 3}
PATIENT = (Patient.clinic_id == Person.clinic_id) & (Patient.id == Person.id)


def page(user: Person, code: str, number: int, moment: datetime) -> tuple[Sequence[AnyRow], int]:
    """Staff first, then patients by code; and how many there are in all. `code`: parts of a code or a name.

    The database, which holds names encrypted, can neither find nor sort by them."""
    named = (
        people_of(user).outerjoin(Patient, PATIENT).with_only_columns(Person.id, Person.role, Person.name, Patient.code)
    )
    everyone = sorted(db.session.execute(named), key=_place)
    wanted = [one.id for one in everyone if not code or holds(code, one.name, one.code or "")]
    shown = wanted[(number - 1) * PER_PAGE : number * PER_PAGE]
    return sorted(_of(user, shown, moment), key=lambda one: shown.index(one.id)), len(wanted)


def _of(user: Person, ids: Sequence[str], moment: datetime) -> Sequence[AnyRow]:
    here = db.session.get_one(Clinic, user.clinic_id)
    counted = (SignIn.person_id, func.count().label("open"), func.max(SignIn.opened_at).label("last"))
    theirs = open_ones(here, moment).with_only_columns(*counted).group_by(SignIn.person_id).subquery()
    found = people_of(user).where(Person.id.in_(ids)).outerjoin(Patient, PATIENT)
    columns = Person.id, Person.role, Person.name, Person.email, Person.closed_at, Patient.code
    signed_in = found.outerjoin(theirs, theirs.c.person_id == Person.id)
    return db.session.execute(signed_in.with_only_columns(*columns, theirs.c.open, theirs.c.last)).all()


def _place(one: AnyRow) -> tuple[int, str, str, str]:
    return ORDER.get(one.role, len(ORDER)), one.code or "", one.name, one.id
