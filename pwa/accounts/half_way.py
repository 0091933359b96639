"""Between two steps: a password was right and its second step is not given, a code for another screen is not typed, or
the link to a new address is not used.

Rows say so, so that it ends with the sign-ins of whoever it was given to."""

from __future__ import annotations

import secrets
from datetime import timedelta

from flask import session
from sqlalchemy import ColumnElement, delete, select, update

from pwa.accounts.keyed import keyed_hash
from pwa.config import now
from pwa.records import AddressChange, Challenge, Person, SignInCode, db
from pwa.records.base import begin_writing, changed

LASTS = timedelta(minutes=5)
#: in the browser's session: whose password was right, and the secret of which the row has the hash
HALF = "half"


def go_half_way(person: Person) -> None:
    """In this browser alone. Commits."""
    half = [person.clinic_id, person.id, secrets.token_urlsafe(16)]
    db.session.commit()
    begin_writing()
    db.session.execute(delete(Challenge).where(Challenge.expires_at <= now()))
    db.session.add(Challenge(key=_key(*half), expires_at=now() + LASTS))
    db.session.commit()
    session[HALF] = half


def who_is_half_way() -> Person | None:
    half = session.get(HALF, ("", "", ""))
    found = select(Challenge.key).where(Challenge.key == _key(*half), Challenge.expires_at > now())
    return db.session.get(Person, tuple(half[:2])) if db.session.scalar(found) else None


def take_half_way() -> bool:
    """Once, and not if it ended meanwhile. The caller commits."""
    return bool(changed(delete(Challenge).where(Challenge.key == _key(*session[HALF]), Challenge.expires_at > now())))


def end_half_ways(person: Person) -> None:
    """Wherever they are. The caller commits."""
    db.session.execute(delete(Challenge).where(Challenge.key.startswith(_whose(person.clinic_id, person.id))))
    theirs = (SignInCode.clinic_id == person.clinic_id, SignInCode.person_id == person.id)
    db.session.execute(delete(SignInCode).where(*theirs))
    end_changes_of_address(AddressChange.clinic_id == person.clinic_id, AddressChange.person_id == person.id)


def end_changes_of_address(*which: ColumnElement[bool]) -> None:
    """That were asked for. The caller commits."""
    db.session.execute(update(AddressChange).where(changes_address(), *which).values(expires_at=now()))


def changes_address() -> ColumnElement[bool]:
    """Once its link is used, which it can still be."""
    return AddressChange.used_at.is_(None) & (AddressChange.expires_at > now())


def _key(clinic_id: str, person_id: str, secret: str) -> str:
    return _whose(clinic_id, person_id) + keyed_hash(f"half:{secret}")[:32]


def _whose(clinic_id: str, person_id: str) -> str:
    return keyed_hash(f"half:{clinic_id}:{person_id}")[:32]
