"""Passwords, kept as argon2id."""

from __future__ import annotations

from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from pwa.records import Person

hasher = PasswordHasher()


def hashed(password: str) -> str:
    return hasher.hash(password)


def is_right(person: Person | None, password: str) -> bool:
    """Takes as long for an address that nobody has, so that time does not tell who is a patient here."""
    kept = person.password_hash if person and person.password_hash else _nobodys()
    try:
        return hasher.verify(kept, password) and person is not None and person.password_hash is not None
    except (VerifyMismatchError, InvalidHashError):
        return False


@cache
def _nobodys() -> str:
    return hasher.hash("nobody has this password")
