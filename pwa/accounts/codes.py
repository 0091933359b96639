"""A code by which a patient comes in once on another screen of hers, such as the app that she has just installed."""

from __future__ import annotations

import secrets
from datetime import timedelta

from sqlalchemy import delete, insert, select

from pwa.accounts.keyed import keyed_hash
from pwa.config import now
from pwa.records import Person, SignInCode, db
from pwa.records.base import begin_writing

LASTS = timedelta(minutes=10)
LENGTH = 8
#: without what looks like another: 0 and O, 1 and I and L, 5 and S, 8 and B
ALPHABET = "234679ACDEFGHJKMNPQRTUVWXYZ"


def new_code(person: Person) -> str:
    """Takes the place of an earlier one of this person's. Commits."""
    code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    clinic, id_ = person.clinic_id, person.id
    begin_writing()
    whose = (SignInCode.clinic_id == clinic, SignInCode.person_id == id_)
    db.session.execute(delete(SignInCode).where(*whose))
    row = {"clinic_id": clinic, "person_id": id_, "code_hash": _hash(code), "expires_at": now() + LASTS}
    db.session.execute(insert(SignInCode).values(row))
    db.session.commit()
    return code


def person_with_code(typed: str) -> Person | None:
    """Uses the code up, also under two tries at once. The caller commits."""
    begin_writing()
    used = delete(SignInCode).where(SignInCode.code_hash == _hash(as_made(typed)))
    row = db.session.execute(used.returning(SignInCode.clinic_id, SignInCode.person_id, SignInCode.expires_at)).first()
    if row is None or row.expires_at <= now():
        return None
    person: Person | None = db.session.scalar(
        select(Person).where(Person.clinic_id == row.clinic_id, Person.id == row.person_id)
    )
    return person


def as_made(typed: str) -> str:
    """However it was typed: small letters, spaces, the dash that is shown in the middle."""
    return "".join(sign for sign in typed.upper() if sign in ALPHABET)


def _hash(code: str) -> str:
    return keyed_hash(f"code:{code}")
