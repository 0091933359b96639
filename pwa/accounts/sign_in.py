"""Sign-ins are rows that can be revoked; the cookie carries a secret of which only the hash is kept."""

from __future__ import annotations

import secrets
import uuid
from datetime import datetime, timedelta
from typing import Any

from flask import Flask, g, redirect, request, session, url_for
from flask_login import LoginManager, current_user, login_user
from sqlalchemy import Row, and_, bindparam, exists, select, update
from werkzeug.wrappers import Response

from pwa.accounts import audit
from pwa.accounts.browsers import named
from pwa.accounts.devices import device_for, forget_devices, hash_of, know
from pwa.accounts.half_way import end_half_ways
from pwa.config import now
from pwa.domain.terms import NEWEST
from pwa.errors import Problem
from pwa.records import Agreement, Clinic, Device, Emergency, Invitation, Person, SignIn, db
from pwa.records.base import Instant, end_reading

#: a working day; patients stay signed in on their own phone for as long as their clinic says
STAFF_LASTS = timedelta(hours=12)
#: how long it counts that somebody proved who they are
PROOF_LASTS = timedelta(minutes=10)
#: how fine the times are at which a sign-in was last used, of staff and of patients
SEEN, SEEN_OF_PATIENTS = timedelta(minutes=1), timedelta(days=1)
#: what an open page asks by itself is no sign that anybody is there
BY_ITSELF = ("clinic.triage_stand", "clinic.still_shared", "sync.me")
TO_THE_NEWEST = (
    Agreement.clinic_id == Person.clinic_id,
    Agreement.person_id == Person.id,
    Agreement.version == NEWEST.version,
)
#: an invitation of theirs of which they have not said that they asked for it
IS_INVITED = exists().where(
    Invitation.clinic_id == Person.clinic_id,
    Invitation.person_id == Person.id,
    Invitation.used_at.is_(None),
    Invitation.withdrawn_at.is_(None),
    Invitation.owned_at.is_(None),
    Invitation.expires_at > bindparam("moment", type_=Instant()),
)
#: their record was opened in an emergency, and they have not said that they saw it
WAS_OPENED = exists().where(
    Emergency.clinic_id == Person.clinic_id, Emergency.patient_id == Person.id, Emergency.seen_at.is_(None)
)
ASKED = (IS_INVITED.label("is_invited"), WAS_OPENED.label("was_opened"))
SIGN_IN = (
    select(Person, SignIn, Clinic.idle_minutes, Agreement.at.label("agreed_at"), *ASKED)
    .join(SignIn, (SignIn.clinic_id == Person.clinic_id) & (SignIn.person_id == Person.id))
    .join(Clinic, Clinic.id == Person.clinic_id)
    .outerjoin(Agreement, and_(*TO_THE_NEWEST))
    .where(SignIn.secret_hash == bindparam("secret_hash"))
)


def register(app: Flask) -> None:
    manager = LoginManager()
    manager.init_app(app, add_context_processor=False)  # pages that are the same for everyone never ask who it is
    manager.session_protection = None  # a phone changes its address all day; what guards a sign-in is its row
    manager.user_loader(_person_of)
    manager.unauthorized_handler(_ask_to_sign_in)
    from pwa.accounts import (  # noqa: F401
        account,
        address,
        closing,
        commands,
        entrance,
        home_screen,
        invited,
        looks,
        opened,
        owned,
        pages,
        passkey_doors,
        proving,
        second_step,
        sharing,
        speaking,
        terms,
    )

    scripts = (passkey_doors.passkey_options, passkey_doors.make_passkey, passkey_doors.use_passkey)
    told = (account.still_here, speaking.speak_as_the_phone, closing.close_own)
    for view in (pages.sign_out, pages.code, *told, *scripts):
        app.extensions["csrf"].exempt(view)  # they check for themselves: see there
    app.register_blueprint(entrance.blueprint)
    commands.register(app)


def open_sign_in(person: Person, two_steps: bool = False, is_proved: bool = True) -> SignIn:
    """Signs the person in on this browser and nobody else any longer. The caller commits.

    `is_proved`: by what only they know or hold, and not by what an open browser shows to anybody. The device
    that the browser came with is used again if it is theirs; nothing else of an earlier session is."""
    if current_user.is_authenticated:
        close_sign_in("another-came")
    session.clear()
    device = device_for(person)
    sign_in = SignIn(
        clinic_id=person.clinic_id,
        id=str(uuid.uuid4()),
        person_id=person.id,
        device_id=device.id,
        opened_at=now(),
        expires_at=now() + _lasts(person),
        two_steps=two_steps,
        proved_at=now() if is_proved else now() - PROOF_LASTS,
        seen_at=now(),
        browser=named(request.user_agent.string),
    )
    db.session.add(sign_in)
    give_secret(sign_in, person)
    g.sign_in, g.clinic_id = sign_in, person.clinic_id
    return sign_in


def give_secret(sign_in: SignIn, person: Person) -> None:
    """To the cookie, and its hash to the row: what the cookie held before opens nothing. The caller commits."""
    person.secret = secrets.token_urlsafe(32)
    sign_in.secret_hash = hash_of(person.secret)
    g.language = person.language
    login_user(person)


def this_sign_in() -> SignIn:
    """The sign-in by which this request came; 401 if there is none, 403 if the account was closed since."""
    if not current_user.is_authenticated:
        if g.get("closed"):
            raise Problem("erased" if g.erased else "closed")
        raise Problem("sign-in")
    sign_in: SignIn = g.sign_in
    return sign_in


def has_agreed() -> bool:
    """Whoever is signed in, to the newest terms of use."""
    this_sign_in()
    return bool(g.has_agreed)


def is_invited() -> bool:
    """Whether somebody invited them anew, and they have not said yet that they asked for it."""
    this_sign_in()
    return bool(g.is_invited)


def was_opened() -> bool:
    """Whether their record was opened in an emergency that they have not said yet that they saw."""
    this_sign_in()
    return bool(g.was_opened)


def close_sign_in(why: str = "own-account") -> None:
    """This browser's sign-in. The caller commits."""
    sign_in = this_sign_in()
    sign_in.revoked_at = now()
    audit.went_out(current_user._get_current_object(), [sign_in.id], why)


def close_sign_ins(person: Person, but: str = "") -> None:
    """Every open sign-in of the person but this one, by its id, whatever the browser, and what is half-way to one; and
    no other browser is known any more. The caller commits."""
    theirs = (SignIn.clinic_id == person.clinic_id, SignIn.person_id == person.id)
    open_ones = (*theirs, SignIn.revoked_at.is_(None), SignIn.expires_at > now(), SignIn.id != but)
    ended = db.session.scalars(update(SignIn).where(*open_ones).values(revoked_at=now()).returning(SignIn.id)).all()
    end_half_ways(person)
    forget_devices(Device.clinic_id == person.clinic_id, Device.person_id == person.id)
    if but:
        know(db.session.get_one(Device, (person.clinic_id, this_sign_in().device_id)))
    is_here = current_user and current_user.is_authenticated  # no command has a user
    by: Person = current_user._get_current_object() if is_here else person
    audit.went_out(person, ended, "own-account" if by.id == person.id else "administration", by)


def is_open(sign_in: SignIn | Row[*tuple[Any, ...]], moment: datetime) -> bool:
    return sign_in.revoked_at is None and moment < sign_in.expires_at


def _person_of(secret: str) -> Person | None:
    found = db.session.execute(SIGN_IN, {"secret_hash": hash_of(secret), "moment": now()}).first()
    if found is None or not (is_open(found.SignIn, now()) or found.Person.closed_at):
        return None
    person: Person = found.Person
    g.clinic_id = person.clinic_id  # for the log: who asked stands in no line of it
    g.closed = person.closed_at is not None
    g.erased = person.erased_at is not None
    g.language = person.language
    if g.closed or _is_idle(person, found.SignIn, found.idle_minutes):
        return None
    person.secret, g.sign_in = secret, found.SignIn
    g.has_agreed, g.is_invited, g.was_opened = found.agreed_at is not None, found.is_invited, found.was_opened
    _note_seen(person, found.SignIn)
    return person


def _is_idle(person: Person, sign_in: SignIn, minutes: int) -> bool:
    return person.role != "patient" and now() - sign_in.seen_at > timedelta(minutes=minutes)


def _note_seen(person: Person, sign_in: SignIn) -> None:
    fine = SEEN_OF_PATIENTS if person.role == "patient" else SEEN
    if now() - sign_in.seen_at >= fine and request.endpoint not in BY_ITSELF:
        end_reading()
        sign_in.seen_at = now()
        db.session.commit()


def _lasts(person: Person) -> timedelta:
    clinic = db.session.get_one(Clinic, person.clinic_id)
    return timedelta(days=clinic.patient_days) if person.role == "patient" else STAFF_LASTS


def _ask_to_sign_in() -> Response:
    if request.path in ("/sync", "/me"):
        raise Problem("sign-in")
    here = request.full_path.removesuffix("?") if request.method == "GET" else None
    return redirect(url_for("accounts.sign_in", next=here))
