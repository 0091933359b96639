"""The second step of staff: a code of an app (TOTP), each once, or one of ten recovery codes."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from typing import Any

import pyotp
from pyotp.utils import strings_equal
from sqlalchemy import delete, exists, select, update

from pwa.accounts.codes import ALPHABET, as_made
from pwa.accounts.keyed import keyed_hash
from pwa.accounts.passkeys import passkeys_of
from pwa.accounts.passwords import known_as
from pwa.config import now
from pwa.records import Authenticator, Person, RecoveryCode, db, lasting_hash, lasting_hashes
from pwa.records.base import begin_writing, changed

#: seconds that a code stands, and how many of them a clock may be off
STEP, OFF = 30, 1
CODES, LENGTH = 10, 10


def has_second_step(person: Person) -> bool:
    """One that is asked for after the password."""
    return person.role != "patient" and (has_app(person) or bool(passkeys_of(person)))


def has_app(person: Person) -> bool:
    whose = (Authenticator.clinic_id == person.clinic_id, Authenticator.person_id == person.id)
    found = exists().where(*whose, Authenticator.confirmed_at.is_not(None))
    return bool(db.session.scalar(select(found)))


def begin_set_up(person: Person) -> str:
    """The secret for a new app, the same until its first code is typed; one in use goes on until then. Commits."""
    begin_writing()
    key = (person.clinic_id, person.id)
    kept = db.session.get(Authenticator, key)
    if kept is None:
        kept = Authenticator(clinic_id=person.clinic_id, person_id=person.id, secret=pyotp.random_base32())
        db.session.add(kept)
    elif kept.confirmed_at and kept.next_secret is None:
        kept.next_secret = pyotp.random_base32()
    db.session.commit()
    return kept.next_secret or kept.secret


def address_of(person: Person, secret: str) -> str:
    """What the square says to the app, of which some know accounts apart by nothing else."""
    return pyotp.TOTP(secret, name=known_as(person), issuer="Tidelog").provisioning_uri()


def is_second_step(person: Person, typed: str, is_new: bool = False) -> bool:
    """Uses it up, also under two tries at once. `is_new`: the first code of a new app. The caller commits."""
    begin_writing()
    if typed.replace(" ", "").isdecimal():
        return _is_code(person, typed.replace(" ", ""), is_new)
    used = delete(RecoveryCode).where(*_whose(person), RecoveryCode.code_hash.in_(_hashes(as_made(typed))))
    return not is_new and bool(changed(used))


def confirm(person: Person) -> list[str]:
    """The app is in use from now on; recovery codes, to be shown once. The caller commits."""
    kept = db.session.get_one(Authenticator, (person.clinic_id, person.id))
    kept.secret, kept.next_secret, kept.confirmed_at = kept.next_secret or kept.secret, None, now()
    return new_recovery_codes(person)


def new_recovery_codes(person: Person) -> list[str]:
    """They take the place of earlier ones. The caller commits."""
    db.session.execute(delete(RecoveryCode).where(*_whose(person)))
    codes = ["".join(secrets.choice(ALPHABET) for _ in range(LENGTH)) for _ in range(CODES)]
    whose = {"clinic_id": person.clinic_id, "person_id": person.id}
    db.session.add_all(RecoveryCode(**whose, code_hash=lasting_hash(_said(code))) for code in codes)
    return codes


def forget_second_step(person: Person) -> None:
    """The caller commits."""
    db.session.execute(delete(RecoveryCode).where(*_whose(person)))
    theirs = (Authenticator.clinic_id == person.clinic_id, Authenticator.person_id == person.id)
    db.session.execute(delete(Authenticator).where(*theirs))


def _is_code(person: Person, code: str, is_new: bool) -> bool:
    kept = db.session.get(Authenticator, (person.clinic_id, person.id))
    secret = (_new_secret(kept) if is_new else _secret(kept)) if kept else None
    if kept is None or secret is None:
        return False
    app = pyotp.TOTP(secret)
    steps = [step for step in _steps() if strings_equal(app.generate_otp(step), code)]
    if is_new and steps:  # the half minute may be one whose code of the app before was used just now
        kept.last_step = steps[-1]
    return bool(steps) if is_new else any(_take(kept, step) for step in steps)


def _secret(kept: Authenticator) -> str | None:
    return kept.secret if kept.confirmed_at else None


def _new_secret(kept: Authenticator) -> str | None:
    return kept.next_secret if kept.confirmed_at else kept.secret


def _steps() -> Iterator[int]:
    here = int(now().timestamp()) // STEP
    yield from range(here - OFF, here + OFF + 1)


def _take(kept: Authenticator, step: int) -> bool:
    whose = (Authenticator.clinic_id == kept.clinic_id, Authenticator.person_id == kept.person_id)
    return bool(changed(update(Authenticator).where(*whose, Authenticator.last_step < step).values(last_step=step)))


def _whose(person: Person) -> tuple[Any, ...]:
    return RecoveryCode.clinic_id == person.clinic_id, RecoveryCode.person_id == person.id


def _said(code: str) -> str:
    return f"recovery:{code}"


def _hashes(code: str) -> list[str]:
    """An earlier release hashed under SECRET_KEY: those end with it."""
    return [*lasting_hashes(_said(code)), keyed_hash(_said(code))]
