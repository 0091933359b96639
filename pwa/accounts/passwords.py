"""Passwords, kept as argon2id."""

from __future__ import annotations

from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from sqlalchemy import ColumnElement, Select, select

from pwa.records import Clinic, Person, db
from pwa.records.base import end_reading
from pwa.records.keyring import keyring

hasher = PasswordHasher()


def hashed(password: str) -> str:
    return hasher.hash(password)


def person_with(clinic_id: str, email: str, password: str) -> Person | None:
    """None takes as long for an address that nobody has, so that time does not tell who is a patient here.

    If the password is right the request's reading ends here: others may have written while it was checked."""
    person = person_at(clinic_id, email)
    kept = person.password_hash if person else None
    if not _is_right(kept or _nobodys(), password) or person is None or kept is None:
        return None
    end_reading()
    if hasher.check_needs_rehash(kept):
        person.password_hash = hashed(password)
    return person


def person_at(clinic_id: str, email: str) -> Person | None:
    """Of this clinic alone: whoever has the same address at another one is somebody else
    (docs/decisions/0028-an-address-is-one-clinics.md)."""
    found: Person | None = db.session.scalar(people_at(email).where(Person.clinic_id == clinic_id))
    return found


def people_at(email: str) -> Select[Person]:
    """Of every clinic, for whoever runs the server."""
    return select(Person).where(has_address(email))


def has_address(email: str) -> ColumnElement[bool]:
    """The database holds addresses encrypted, and finds them by what only the keys can make of them."""
    return Person.email_index.in_(keyring().indexes(email))


def known_as(person: Person) -> str:
    """To phones and apps that keep a way in: one address may have an account at each of several clinics."""
    return f"{person.email}, {db.session.get_one(Clinic, person.clinic_id).name}"


def own_words(person: Person) -> tuple[str, ...]:
    """What everyone would try for a password of theirs."""
    return person.name, str(person.email), db.session.get_one(Clinic, person.clinic_id).name


def _is_right(kept: str, password: str) -> bool:
    try:
        return hasher.verify(kept, password)
    except (VerifyMismatchError, InvalidHashError):
        return False


@cache
def _nobodys() -> str:
    return hasher.hash("nobody has this password")
