"""Access is folded into the lookup, so that forgetting a check finds nothing rather than everything."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from flask_login import current_user, login_required
from sqlalchemy import ColumnElement, Select, literal, select

from pwa.errors import Problem
from pwa.records import CareTeam, JournalEntry, Patient, Person

P = ParamSpec("P")
R = TypeVar("R")


def patients_of(user: Person) -> Select[Patient]:
    """The patients on whose care team the user is, as what they are now; nobody's for anyone else."""
    return (
        select(Patient)
        .join(CareTeam, (CareTeam.clinic_id == Patient.clinic_id) & (CareTeam.patient_id == Patient.id))
        .where(*_on_the_team(user))
    )


#: the audiences that include a role; nobody else reads a journal
INCLUDED_IN = {"clinician": ("care-team",), "therapist": ("therapist", "care-team")}


def readable_journal(user: Person) -> Select[JournalEntry]:
    """The entries that a patient shares with the user, as what they are now; what is not shared is not even counted."""
    shared = JournalEntry.audience.in_(INCLUDED_IN.get(user.role, ()))
    theirs = (CareTeam.clinic_id == JournalEntry.clinic_id) & (CareTeam.patient_id == JournalEntry.patient_id)
    return select(JournalEntry).join(CareTeam, theirs).where(shared, *_on_the_team(user))


def patients_to_expect(user: Person) -> Select[Patient]:
    """Those whose appointments the user may see: at the front desk the whole clinic's, else one's own patients'."""
    if user.role == "front-desk":
        return select(Patient).where(Patient.clinic_id == user.clinic_id)
    return patients_of(user)


def people_of(user: Person) -> Select[Person]:
    """The people whom the user runs: everyone of the clinic for a manager; nobody for anyone else."""
    return select(Person).where(Person.clinic_id == user.clinic_id, literal(user.role == "manager"))


def staff(*roles: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Opens a page to the named roles only."""

    def guard(view: Callable[P, R]) -> Callable[P, R]:
        @wraps(view)
        @login_required
        def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
            if current_user.role not in roles:
                raise Problem("not-yours")
            return view(*args, **kwargs)

        return guarded

    return guard


def _on_the_team(user: Person) -> tuple[ColumnElement[bool], ...]:
    return CareTeam.clinic_id == user.clinic_id, CareTeam.person_id == user.id, CareTeam.role == user.role
