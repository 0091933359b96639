"""Which pages, and whom of the clinic, a role opens. What is read of patients is in `accounts.reading`."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from flask import redirect, request, url_for
from flask_login import current_user, login_required
from sqlalchemy import ColumnElement, Select, literal, or_, select

from pwa.accounts.live import lacks_a_step
from pwa.accounts.reading import on_the_team, patients_of
from pwa.accounts.refusing import note_refused
from pwa.accounts.sign_in import has_agreed, is_invited
from pwa.domain import rights
from pwa.errors import Problem
from pwa.records import AuditRow, CareTeam, Emergency, Invitation, Patient, Person

P = ParamSpec("P")
R = TypeVar("R")
#: who may invite patients; members of staff are a manager's to invite
INVITING = tuple(rights.part("invitations").readers)


def patients_to_expect(user: Person) -> Select[Patient]:
    """Those whose appointments the user may see: at the front desk the whole clinic's, else one's own patients'."""
    if _of_the_clinic(user, "appointments"):
        return select(Patient).where(Patient.clinic_id == user.clinic_id)
    return patients_of(user)


def people_of(user: Person) -> Select[Person]:
    """The people whom the user runs: everyone of the clinic for a manager; nobody for anyone else."""
    return select(Person).where(*_is_here(user), literal(_of_the_clinic(user, "people")))


def invitable_by(user: Person) -> Select[Person]:
    """Whom the user may let in again: a manager all others of the clinic, the front desk its patients, a clinician
    their own."""
    patients = select(CareTeam.patient_id).where(*on_the_team(user))
    whose: dict[str, ColumnElement[bool]] = {
        "manager": Person.id != user.id,
        "front-desk": Person.role == "patient",
        "clinician": Person.id.in_(patients),
    }
    return select(Person).where(*_is_here(user), whose[user.role] if user.role in INVITING else literal(False))


def invitations_of(user: Person) -> Select[Invitation]:
    """Of those whom the user may invite, and those that the user made."""
    theirs = Invitation.person_id.in_(invitable_by(user).with_only_columns(Person.id))
    is_for_them = or_(theirs, (Invitation.made_by == user.id) & literal(user.role in INVITING))
    return select(Invitation).where(Invitation.clinic_id == user.clinic_id, is_for_them)


def trail_of(user: Person) -> Select[AuditRow]:
    """The clinic's audit trail for a manager; nothing for anyone else."""
    return select(AuditRow).where(AuditRow.clinic_id == user.clinic_id, literal(_of_the_clinic(user, "trail")))


def emergencies_here(user: Person) -> Select[Emergency]:
    """All of the clinic for whoever reads its trail; none for anyone else."""
    return select(Emergency).where(Emergency.clinic_id == user.clinic_id, literal(_of_the_clinic(user, "trail")))


def staff(*roles: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Opens a page to the named roles only, once they agreed to the terms; in a real clinic after a second step."""

    def guard(view: Callable[P, R]) -> Callable[P, R]:
        @wraps(view)
        @login_required
        def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
            try:
                return let_through(*args, **kwargs)
            except Problem as problem:
                note_refused(current_user._get_current_object(), problem)
                raise

        def let_through(*args: P.args, **kwargs: P.kwargs) -> R:
            if current_user.role not in roles:
                raise Problem("not-yours")
            if lacks_a_step(current_user):
                return redirect(url_for("accounts.set_up"))  # type: ignore[return-value]
            if not has_agreed():
                here = request.full_path.removesuffix("?") if request.method == "GET" else None
                return redirect(url_for("accounts.terms_of_use", next=here))  # type: ignore[return-value]
            if is_invited() and _goes_to_a_page():
                return redirect(url_for("accounts.was_it_you", next=request.full_path.removesuffix("?")))  # type: ignore[return-value]
            return view(*args, **kwargs)

        return guarded

    return guard


def _goes_to_a_page() -> bool:
    """Nothing that was typed, and nothing that a script asks, is held up."""
    return request.method == "GET" and request.headers.get("Sec-Fetch-Mode", "navigate") == "navigate"


def _of_the_clinic(user: Person, part: str) -> bool:
    """Whether the user reads this of everyone of the clinic."""
    return user.role in rights.roles(part, rights.CLINIC)


def _is_here(user: Person) -> tuple[ColumnElement[bool], ...]:
    return Person.clinic_id == user.clinic_id, Person.erased_at.is_(None)
