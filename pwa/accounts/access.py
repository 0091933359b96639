"""Access is folded into the lookup, so that forgetting a check finds nothing rather than everything."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from typing import ParamSpec, TypeVar

from flask import redirect, request, url_for
from flask_login import current_user, login_required
from sqlalchemy import ColumnElement, Select, String, bindparam, literal, or_, select

from pwa.accounts.live import lacks_a_step
from pwa.accounts.sign_in import has_agreed
from pwa.domain.checks import CHECKS
from pwa.errors import Problem
from pwa.records import (
    AdverseEvent,
    Alert,
    Annotation,
    AuditRow,
    CareTeam,
    Invitation,
    JournalEntry,
    Note,
    Patient,
    Person,
    ReportedEffect,
    Responder,
    SafetyPlan,
)

P = ParamSpec("P")
R = TypeVar("R")
Shared = TypeVar("Shared", JournalEntry, SafetyPlan)


class Reader:
    """Stands for the user in a statement that is composed once: asked without `reader(user)` it fails."""

    clinic_id = bindparam("reader_clinic", type_=String())
    id = bindparam("reader", type_=String())
    role = bindparam("reader_role", type_=String())


def reader(user: Person) -> dict[str, str]:
    return {"reader_clinic": user.clinic_id, "reader": user.id, "reader_role": user.role}


def patients_of(user: Person | Reader) -> Select[Patient]:
    """The patients on whose care team the user is, as what they are now; nobody's for anyone else."""
    return (
        select(Patient)
        .join(CareTeam, (CareTeam.clinic_id == Patient.clinic_id) & (CareTeam.patient_id == Patient.id))
        .where(*_on_the_team(user))
    )


#: the audiences that include a role; nobody else reads what is shared
INCLUDED_IN = {"clinician": ("care-team",), "therapist": ("therapist", "care-team")}


def readable(what: type[Shared], user: Person | Reader) -> Select[Shared]:
    """What of it a patient shares with the user, as what they are now; what is not shared is not even counted."""
    shared = ((CareTeam.role == role) & what.audience.in_(those) for role, those in INCLUDED_IN.items())
    theirs = (CareTeam.clinic_id == what.clinic_id) & (CareTeam.patient_id == what.patient_id)
    return select(what).join(CareTeam, theirs).where(or_(*shared), *_on_the_team(user))


def own_notes(user: Person | Reader) -> Select[Annotation]:
    """What the user noted for themselves about a patient of theirs; nobody else finds it."""
    theirs = (CareTeam.clinic_id == Annotation.clinic_id) & (CareTeam.patient_id == Annotation.patient_id)
    return select(Annotation).join(CareTeam, theirs).where(Annotation.person_id == user.id, *_on_the_team(user))


def patients_to_expect(user: Person) -> Select[Patient]:
    """Those whose appointments the user may see: at the front desk the whole clinic's, else one's own patients'."""
    if user.role == "front-desk":
        return select(Patient).where(Patient.clinic_id == user.clinic_id)
    return patients_of(user)


#: alerts, and answers, that a therapist is not shown unless the patient consented, and no patient can yet
NOT_FOR_THERAPISTS, ANSWERS_NOT_FOR_THERAPISTS = ("craving", "dose"), ("craving", "took-more")


def readable_effects(user: Reader) -> Select[ReportedEffect]:
    """What was reported, as far as the user may see it of a patient of theirs."""
    is_open = ReportedEffect.effect.not_in(ANSWERS_NOT_FOR_THERAPISTS)
    return select(ReportedEffect).where(or_(user.role == "clinician", is_open))


def open_effects(user: Person, effects: Iterable[str]) -> list[str]:
    """The same of effects that were read elsewhere than in their table."""
    return [effect for effect in effects if user.role == "clinician" or effect not in ANSWERS_NOT_FOR_THERAPISTS]


def open_checks(user: Person, checks: Iterable[str]) -> list[str]:
    """Those of whose answers the user may know: not one that asks nothing else than what is not for therapists."""
    closed = {check.id for check in CHECKS if set(check.effects) <= set(ANSWERS_NOT_FOR_THERAPISTS)}
    return [check for check in checks if user.role == "clinician" or check not in closed]


def alerts_of(user: Person) -> Select[Alert]:
    """Alerts of one's own patients; for a clinician who answers for the clinic, those of all."""
    mine = Alert.patient_id.in_(select(CareTeam.patient_id).where(*_on_the_team(user)))
    if user.role == "clinician":
        theirs = or_(mine, Alert.assigned_to == user.id, _answers_for_the_clinic(user))
    else:
        theirs = mine & Alert.problem.not_in(NOT_FOR_THERAPISTS)
    return select(Alert).where(Alert.clinic_id == user.clinic_id, theirs)


def notes_of(user: Reader) -> Select[Note]:
    """What the care teams to which the user belongs note of their patients."""
    theirs = (CareTeam.clinic_id == Note.clinic_id) & (CareTeam.patient_id == Note.patient_id)
    return select(Note).join(CareTeam, theirs).where(*_on_the_team(user))


def events_of(user: Person) -> Select[AdverseEvent]:
    """Adverse events of one's own patients; for a clinician who answers for the clinic, those of all. A therapist is
    shown those of effects that they may see, and none that stands in words alone."""
    mine = AdverseEvent.patient_id.in_(select(CareTeam.patient_id).where(*_on_the_team(user)))
    if user.role == "clinician":
        theirs = or_(mine, _answers_for_the_clinic(user))
    else:
        theirs = mine & AdverseEvent.effect.not_in(ANSWERS_NOT_FOR_THERAPISTS)
    return select(AdverseEvent).where(AdverseEvent.clinic_id == user.clinic_id, theirs)


#: who may invite patients; members of staff are a manager's to invite
INVITING = ("manager", "clinician", "front-desk")


def people_of(user: Person) -> Select[Person]:
    """The people whom the user runs: everyone of the clinic for a manager; nobody for anyone else."""
    is_here = (Person.clinic_id == user.clinic_id, Person.erased_at.is_(None))
    return select(Person).where(*is_here, literal(user.role == "manager"))


def invitable_by(user: Person) -> Select[Person]:
    """Whom the user may let in again: a manager all others of the clinic, the front desk its patients, a clinician
    their own."""
    patients = select(CareTeam.patient_id).where(*_on_the_team(user))
    whose: dict[str, ColumnElement[bool]] = {
        "manager": Person.id != user.id,
        "front-desk": Person.role == "patient",
        "clinician": Person.id.in_(patients),
    }
    is_here = (Person.clinic_id == user.clinic_id, Person.erased_at.is_(None))
    return select(Person).where(*is_here, whose.get(user.role, literal(False)))


def invitations_of(user: Person) -> Select[Invitation]:
    """Of those whom the user may invite, and those that the user made."""
    theirs = Invitation.person_id.in_(invitable_by(user).with_only_columns(Person.id))
    is_for_them = or_(theirs, (Invitation.made_by == user.id) & literal(user.role in INVITING))
    return select(Invitation).where(Invitation.clinic_id == user.clinic_id, is_for_them)


def trail_of(user: Person) -> Select[AuditRow]:
    """The clinic's audit trail for a manager; nothing for anyone else."""
    return select(AuditRow).where(AuditRow.clinic_id == user.clinic_id, literal(user.role == "manager"))


def staff(*roles: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Opens a page to the named roles only, once they agreed to the terms; in a real clinic after a second step."""

    def guard(view: Callable[P, R]) -> Callable[P, R]:
        @wraps(view)
        @login_required
        def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
            if current_user.role not in roles:
                raise Problem("not-yours")
            if lacks_a_step(current_user):
                return redirect(url_for("accounts.set_up"))  # type: ignore[return-value]
            if not has_agreed():
                here = request.full_path.removesuffix("?") if request.method == "GET" else None
                return redirect(url_for("accounts.terms_of_use", next=here))  # type: ignore[return-value]
            return view(*args, **kwargs)

        return guarded

    return guard


def _answers_for_the_clinic(user: Person) -> ColumnElement[bool]:
    answers = select(Responder.place).where(Responder.clinic_id == user.clinic_id, Responder.person_id == user.id)
    return answers.exists()


def _on_the_team(user: Person | Reader) -> tuple[ColumnElement[bool], ...]:
    return CareTeam.clinic_id == user.clinic_id, CareTeam.person_id == user.id, CareTeam.role == user.role
