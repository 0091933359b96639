"""Open invitations, and whom one may invite."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import aliased

from pwa.accounts import correctable_by, invitable_by, invitations_of
from pwa.accounts.agreeing import to_agree
from pwa.accounts.correcting import never_came_in
from pwa.accounts.invitations import is_open
from pwa.accounts.passwords import has_address
from pwa.clinic.queries import AnyRow
from pwa.records import Invitation, Patient, Person, db, name_then

#: of those who never came in
MOST = 50
AS_PATIENT = (Patient.clinic_id == Person.clinic_id) & (Patient.id == Person.id)


def open_ones(user: Person, moment: datetime) -> Sequence[AnyRow]:
    """The one that ends first comes first."""
    whose = (Person.clinic_id == Invitation.clinic_id) & (Person.id == Invitation.person_id)
    is_open = (Invitation.used_at.is_(None), Invitation.withdrawn_at.is_(None), Invitation.expires_at > moment)
    opening = (Invitation.opens_at, Invitation.agreed_at)
    columns = (Invitation.id, Invitation.made_at, Invitation.expires_at, Invitation.person_id, *opening)
    found = (
        invitations_of(user)
        .join(Person, whose)
        .outerjoin(Patient, AS_PATIENT)
        .where(*is_open)
        .with_only_columns(*columns, Person.name, Person.role, Patient.code)
    )
    return db.session.execute(found.order_by(Invitation.expires_at, Invitation.id)).all()


def to_agree_to(user: Person) -> Sequence[AnyRow]:
    """Open ones that wait for the user's word, or had a colleague's, with who made them and who agreed."""
    theirs = (Person.clinic_id == Invitation.clinic_id) & (Person.id == Invitation.person_id)
    by, agreed = aliased(Person), aliased(Person)
    found = (
        to_agree(user)
        .where(is_open())
        .join(Person, theirs)
        .join(Patient, AS_PATIENT)
        .join(by, (by.clinic_id == Invitation.clinic_id) & (by.id == Invitation.made_by))
        .outerjoin(agreed, (agreed.clinic_id == Invitation.clinic_id) & (agreed.id == Invitation.agreed_by))
    )
    made_by = name_then(by, Invitation.made_at).label("made_by")
    agreed_by = name_then(agreed, Invitation.agreed_at).label("agreed_by")
    whose = (Invitation, Person.name, Patient.code, made_by, agreed_by)
    return db.session.execute(found.with_only_columns(*whose).order_by(Invitation.made_at)).all()


def one_to_agree_to(user: Person, id_: str) -> Invitation | None:
    return db.session.scalar(to_agree(user).where(is_open(), Invitation.id == id_))


def never_in(user: Person, moment: datetime) -> Sequence[AnyRow]:
    """Whom the user may correct who never came in and has no open invitation."""
    is_open = (Invitation.used_at.is_(None), Invitation.withdrawn_at.is_(None), Invitation.expires_at > moment)
    theirs = (Invitation.clinic_id == Person.clinic_id, Invitation.person_id == Person.id)
    outside = (never_came_in(), ~exists().where(*theirs, *is_open), Person.password_hash.is_(None))
    found = correctable_by(user).outerjoin(Patient, AS_PATIENT).where(*outside, Person.closed_at.is_(None))
    columns = found.with_only_columns(Person.id, Person.name, Patient.code)
    return db.session.execute(columns.order_by(Person.created_at.desc()).limit(MOST)).all()


def one_of(user: Person, id_: str) -> Invitation | None:
    return db.session.scalar(invitations_of(user).where(Invitation.id == id_))


def person(user: Person, whose: str) -> Person | None:
    """By a patient's code, an email or an id."""
    found = invitable_by(user).outerjoin(Patient, AS_PATIENT)
    is_meant = or_(Patient.code == whose.upper(), has_address(whose), Person.id == whose)
    return db.session.scalar(found.where(is_meant))


def is_code_taken(user: Person, code: str) -> bool:
    return bool(db.session.scalar(select(exists().where(Patient.clinic_id == user.clinic_id, Patient.code == code))))


def team(user: Person) -> list[tuple[str, str, str]]:
    """Who may be on a care team: role, id and name."""
    here = (Person.clinic_id == user.clinic_id, Person.role.in_(("clinician", "therapist")), Person.closed_at.is_(None))
    found = db.session.execute(select(Person.role, Person.id, Person.name).where(*here))
    return sorted(((row.role, row.id, row.name) for row in found), key=lambda one: one[2])
