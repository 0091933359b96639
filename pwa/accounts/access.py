"""Access is folded into the lookup, so that forgetting a check finds nothing rather than everything."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from flask_login import current_user, login_required
from sqlalchemy import Select, select

from pwa.errors import Problem
from pwa.records import CareTeam, Patient, Person

P = ParamSpec("P")
R = TypeVar("R")


def patients_of(user: Person) -> Select[tuple[Patient]]:
    """The patients on whose care team the user is, as what they are now; nobody's for anyone else."""
    return (
        select(Patient)
        .join(CareTeam, (CareTeam.clinic_id == Patient.clinic_id) & (CareTeam.patient_id == Patient.id))
        .where(CareTeam.clinic_id == user.clinic_id, CareTeam.person_id == user.id, CareTeam.role == user.role)
    )


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
