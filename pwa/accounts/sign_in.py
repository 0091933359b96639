"""Sign-ins are rows that can be revoked; the cookie carries a secret of which only the hash is kept."""

from __future__ import annotations

import hashlib
import secrets
import uuid
from datetime import datetime, timedelta

from flask import Flask, g, redirect, request, session, url_for
from flask_login import LoginManager, current_user, login_user
from sqlalchemy import bindparam, select, update
from werkzeug.wrappers import Response

from pwa.config import now
from pwa.errors import Problem
from pwa.forms.fields import ID
from pwa.records import Device, Person, SignIn, db

#: patients stay signed in on their own phone for as long as a browser keeps a cookie; staff for a working day
LASTS = {"patient": timedelta(days=400)}
STAFF_LASTS = timedelta(hours=12)
DEVICE_COOKIE = "device"
SIGN_IN = (
    select(Person, SignIn)
    .join(SignIn, (SignIn.clinic_id == Person.clinic_id) & (SignIn.person_id == Person.id))
    .where(SignIn.secret_hash == bindparam("secret_hash"))
)


def register(app: Flask) -> None:
    manager = LoginManager()
    manager.init_app(app, add_context_processor=False)  # pages that are the same for everyone never ask who it is
    manager.session_protection = None  # a phone changes its address all day; what guards a sign-in is its row
    manager.user_loader(_person_of)
    manager.unauthorized_handler(_ask_to_sign_in)
    from pwa.accounts import entrance, invited, pages  # noqa: F401

    for view in (pages.sign_out, pages.code):
        app.extensions["csrf"].exempt(view)  # they check for themselves: see there
    app.register_blueprint(entrance.blueprint)


def cookie_device() -> str | None:
    """What this browser says its device is; None if that could be no device of ours."""
    said = request.cookies.get(DEVICE_COOKIE, "")
    return said if ID.fullmatch(said) else None


def open_sign_in(person: Person, device_id: str | None) -> SignIn:
    """Signs the person in on this browser and nobody else any longer. The caller commits.

    The device that the browser came with is used again if it is theirs; nothing else of an earlier session is."""
    if current_user.is_authenticated:
        close_sign_in()
    session.clear()
    device = _device_of(person, device_id)
    secret = secrets.token_urlsafe(32)
    sign_in = SignIn(
        clinic_id=person.clinic_id,
        id=str(uuid.uuid4()),
        person_id=person.id,
        device_id=device.id,
        secret_hash=_hash(secret),
        opened_at=now(),
        expires_at=now() + LASTS.get(person.role, STAFF_LASTS),
    )
    db.session.add(sign_in)
    person.secret = secret
    login_user(person)
    g.sign_in = sign_in
    return sign_in


def this_sign_in() -> SignIn:
    """The sign-in by which this request came; 401 if there is none, 403 if the account was closed since."""
    if not current_user.is_authenticated:
        if g.get("closed"):
            raise Problem("closed")
        raise Problem("sign-in")
    sign_in: SignIn = g.sign_in
    return sign_in


def close_sign_in() -> None:
    """This browser's sign-in. The caller commits."""
    this_sign_in().revoked_at = now()


def close_sign_ins(person: Person) -> None:
    """Every open sign-in of the person, whatever the browser. The caller commits."""
    open_ones = (SignIn.clinic_id == person.clinic_id, SignIn.person_id == person.id, SignIn.revoked_at.is_(None))
    db.session.execute(update(SignIn).where(*open_ones).values(revoked_at=now()))


def is_open(sign_in: SignIn, moment: datetime) -> bool:
    return sign_in.revoked_at is None and moment < sign_in.expires_at


def _person_of(secret: str) -> Person | None:
    found = db.session.execute(SIGN_IN, {"secret_hash": _hash(secret)}).first()
    if found is None or not is_open(found.SignIn, now()):
        return None
    person: Person = found.Person
    g.closed = person.closed_at is not None
    if g.closed:
        return None
    person.secret, g.sign_in = secret, found.SignIn
    return person


def _device_of(person: Person, device_id: str | None) -> Device:
    device = db.session.get(Device, (person.clinic_id, device_id)) if device_id else None
    if device is None or device.person_id != person.id:
        device = Device(clinic_id=person.clinic_id, id=str(uuid.uuid4()), person_id=person.id, issued_at=now())
        db.session.add(device)
        db.session.flush()
    return device


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _ask_to_sign_in() -> Response:
    if request.path in ("/sync", "/me"):
        raise Problem("sign-in")
    here = request.full_path.removesuffix("?") if request.method == "GET" else None
    return redirect(url_for("accounts.sign_in", next=here))
