"""The clinic hands a person a code, which opens the door once: on the first day, and when a password is lost."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import timedelta
from uuid import uuid4

from sqlalchemy import ColumnElement, delete, select, update

from pwa.accounts.codes import ALPHABET, as_made
from pwa.accounts.keyed import keyed_hash
from pwa.accounts.live import came_in_before
from pwa.accounts.passkeys import forget_passkeys
from pwa.accounts.second import forget_second_step
from pwa.accounts.sign_in import close_sign_ins
from pwa.accounts.telling import tell
from pwa.config import now
from pwa.records import Invitation, Person, SignInCode, db
from pwa.records.base import changed

LASTS = timedelta(days=3)
#: 56 bits, and 20 guesses a quarter of an hour: nobody finds one
LENGTH = 12


def invite(person: Person, by: Person | None) -> str:
    """The code, which is nowhere kept; it takes the place of an earlier one. Whoever came in before is told by mail.

    The caller commits."""
    code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    withdraw(_is_open(), Invitation.clinic_id == person.clinic_id, Invitation.person_id == person.id)
    made = Invitation(
        clinic_id=person.clinic_id,
        id=str(uuid4()),
        person_id=person.id,
        made_by=by.id if by else None,
        code_hash=_hash(code),
        made_at=now(),
        expires_at=now() + LASTS,
    )
    db.session.add(made)
    if came_in_before(person):
        tell(person, "invited")
    return code


def withdraw(*which: ColumnElement[bool]) -> int:
    """How many open ones were. The caller commits."""
    return changed(update(Invitation).where(_is_open(), *which).values(withdrawn_at=now()))


def invitation_with(typed: str) -> Invitation | None:
    """The open one with this code, however it was typed."""
    return db.session.scalar(select(Invitation).where(Invitation.code_hash == _hash(as_made(typed)), _is_open()))


def open_invitation(key: Sequence[str]) -> Invitation | None:
    return db.session.scalar(
        select(Invitation).where(Invitation.clinic_id == key[0], Invitation.id == key[1], _is_open())
    )


def invited_person(invitation: Invitation) -> Person:
    return db.session.get_one(Person, (invitation.clinic_id, invitation.person_id))


def use_up(invitation: Invitation) -> bool:
    """Whether it was still open, also under two tries at once. Every earlier way in ends with it.

    The caller commits."""
    this_one = (Invitation.clinic_id == invitation.clinic_id, Invitation.id == invitation.id)
    if not changed(update(Invitation).where(_is_open(), *this_one).values(used_at=now())):
        return False
    person = invited_person(invitation)
    if came_in_before(person):
        tell(person, "keys")
    close_sign_ins(person)
    person.password_hash = None
    forget_second_step(person)
    forget_passkeys(person)
    db.session.execute(
        delete(SignInCode).where(SignInCode.clinic_id == person.clinic_id, SignInCode.person_id == person.id)
    )
    return True


def _is_open() -> ColumnElement[bool]:
    return Invitation.used_at.is_(None) & Invitation.withdrawn_at.is_(None) & (Invitation.expires_at > now())


def _hash(code: str) -> str:
    return keyed_hash(f"invitation:{code}")
