"""Which of a person's browsers this is, and whether their account knows it.

Its number stands in the trail and in what is taken out, and opens nothing. What makes it known is a key in its cookie,
of which the row has the hash: from a sign-in on, also once she signed out there, until that is ended from elsewhere."""

from __future__ import annotations

import hashlib
import secrets
import uuid
from functools import partial
from typing import NamedTuple

from flask import after_this_request
from sqlalchemy import ColumnElement, select, update
from werkzeug.wrappers import Response

from pwa.accounts import cookies
from pwa.config import now
from pwa.forms.fields import ID
from pwa.records import Device, Person, SignIn, db


class Known(NamedTuple):
    device_id: str
    #: the clinic and the address of whoever signed in there last
    whose: tuple[str, str]


def known_here() -> Known | None:
    """This browser, as an account knows it."""
    said, key = _said()
    if not said:
        return None
    theirs = (Device.clinic_id == Person.clinic_id) & (Device.person_id == Person.id)
    found = select(Person.clinic_id, Person.email).join(Device, theirs)
    whose = db.session.execute(found.where(Device.id == said, Device.key_hash == hash_of(key))).first()
    return Known(said, (whose.clinic_id, str(whose.email))) if whose else None


def device_for(person: Person) -> Device:
    """The one that this browser says it is, if it is theirs, else a new one; known from now on. The caller commits."""
    said, _ = _said()
    device = db.session.get(Device, (person.clinic_id, said)) if said else None
    if device is None or device.person_id != person.id:
        device = _new_device(person.clinic_id, person.id)
    know(device)
    return device


def begin_anew(sign_in: SignIn) -> Device:
    """A new one in the place of that of this sign-in, which keeps one alone. The caller commits."""
    forget_devices(Device.clinic_id == sign_in.clinic_id, Device.id == sign_in.device_id)
    device = _new_device(sign_in.clinic_id, sign_in.person_id)
    sign_in.device_id = device.id
    know(device)
    return device


def know(device: Device) -> None:
    """By a new key, which goes to this browser with the answer: whoever has an earlier one has none. The caller
    commits."""
    key = secrets.token_urlsafe(32)
    device.key_hash = hash_of(key)
    after_this_request(partial(_keep, f"{device.id}.{key}"))


def forget_devices(*which: ColumnElement[bool]) -> None:
    """They are strangers until somebody signs in there anew. The caller commits."""
    db.session.execute(update(Device).where(*which).values(key_hash=None))


def hash_of(secret: str) -> str:
    """SHA-256, hex, of what is drawn at random and stands in a cookie."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _said() -> tuple[str, str]:
    """Number and key that this browser came with; empty if that could be no device of ours."""
    said, _, key = cookies.kept(cookies.DEVICE).partition(".")
    return (said, key) if ID.fullmatch(said) else ("", "")


def _new_device(clinic_id: str, person_id: str) -> Device:
    made = Device(clinic_id=clinic_id, id=str(uuid.uuid4()), person_id=person_id, issued_at=now(), waiting=0)
    db.session.add(made)
    db.session.flush()
    return made


def _keep(value: str, answer: Response) -> Response:
    cookies.keep(answer, cookies.DEVICE, value, cookies.LONGEST)
    return answer
