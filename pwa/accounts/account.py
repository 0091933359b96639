"""One's own way in: where one is signed in, the password, and what else opens the door."""

from __future__ import annotations

from uuid import UUID

from flask import Response as Answer
from flask import redirect, render_template, url_for
from flask_login import current_user, login_required
from sqlalchemy import Select
from werkzeug.wrappers import Response

from pwa.accounts import audit
from pwa.accounts.address import asked_by
from pwa.accounts.devices import forget_devices
from pwa.accounts.entrance import blueprint, door
from pwa.accounts.half_way import end_half_ways
from pwa.accounts.invitations import open_for
from pwa.accounts.open_ones import open_ones
from pwa.accounts.passkeys import passkeys_of
from pwa.accounts.passwords import hashed, own_words, person_with
from pwa.accounts.proving import is_proved, note_proof, to_prove
from pwa.accounts.same_site import came_from_a_script_of_ours
from pwa.accounts.second import has_app, has_second_step
from pwa.accounts.sign_in import close_sign_ins, give_secret, this_sign_in
from pwa.accounts.telling import tell
from pwa.accounts.throttle import Tries
from pwa.accounts.way import onward
from pwa.config import now
from pwa.errors import Problem
from pwa.forms.accounts import PasswordForm
from pwa.forms.password import least_of
from pwa.records import Clinic, Device, Patient, Person, SignIn, db
from pwa.records.agreements import agreements_of
from pwa.records.base import begin_writing, end_reading


@blueprint.get("/account")
@login_required
def account() -> str:
    rows = db.session.scalars(_open_ones().order_by(SignIn.seen_at.desc())).all()
    person = _person()
    return render_template(
        "accounts/account.html",
        sign_ins=rows,
        this=this_sign_in().id,
        person=person,
        invited=open_for(person),
        second=has_second_step(person),
        has_app=has_app(person),
        passkeys=passkeys_of(person),
        agreements=agreements_of(person),
        start=onward(person, None),
        asked=asked_by(person),
        patient=db.session.get(Patient, (person.clinic_id, person.id)),
    )


@blueprint.post("/account/sign-ins/<uuid:sign_in>/end")
@login_required
def end_sign_in(sign_in: UUID) -> Response:
    found = db.session.scalar(_open_ones().where(SignIn.id == str(sign_in)))
    if found is None:
        raise Problem("not-found")
    end_reading()
    found.revoked_at = now()
    end_half_ways(_person())
    forget_devices(Device.clinic_id == found.clinic_id, Device.id == found.device_id)
    return _noted("sign-ins", found.id)


@blueprint.post("/account/sign-ins/end")
@login_required
def end_other_sign_ins() -> Response:
    """Everywhere but here."""
    end_reading()
    close_sign_ins(_person(), but=this_sign_in().id)
    return _noted("sign-ins", this_sign_in().id)


@blueprint.route("/account/password", methods=["GET", "POST"])
@login_required
def change_password() -> Response:
    """The old one is asked for, however lately it was typed; where there is a second step a proof by that as well.

    Every other browser is out with it."""
    person, form = _person(), PasswordForm()
    asks_for_more = person.password_hash is None or has_second_step(person)
    if asks_for_more and not is_proved():
        return to_prove(url_for("accounts.change_password"))
    form.email, form.password.least = str(person.email), least_of(person.role)
    form.password.own = own_words(person)
    if person.password_hash is None:
        del form.current
    if not form.validate_on_submit():
        return door(form, 422 if form.is_submitted() else 200)
    return _not_the_old_one(form) or _change(hashed(form.password.data), is_a_proof=not asks_for_more)


@blueprint.post("/account/here")
def still_here() -> Answer:
    """Somebody types on a page of the clinic: that is no idle time."""
    if not came_from_a_script_of_ours():
        raise Problem("cross-site")
    this_sign_in()
    return Answer(status=204)


def _not_the_old_one(form: PasswordForm) -> Response | None:
    """What is answered to a wrong one; None to the right one, and to who came by a passkey and has none yet."""
    if "current" not in form:
        return None
    person = _person()
    tries = Tries.at_proof(person.id, str(person.email))
    if wait := tries.take():
        tries.tell("waits")
        form.ask_to_wait()
        return door(form, 429, wait)
    if person_with(person.clinic_id, str(person.email), form.current.data) is None:
        tries.tell("wrong")
        db.session.commit()
        form.say_wrong()
        return door(form, 422)
    tries.forgive()
    db.session.commit()
    return None


def _change(password_hash: str, is_a_proof: bool) -> Response:
    """`is_a_proof`: the old one was all that the account asks for."""
    person, this = _person(), this_sign_in()
    begin_writing()
    person.password_hash = password_hash
    close_sign_ins(person, but=this.id)
    if is_a_proof:
        note_proof()
    else:
        give_secret(this, person)
    tell(person, "keys")
    return _noted("keys", person.id)


def _person() -> Person:
    person: Person = current_user._get_current_object()
    return person


def _open_ones() -> Select[SignIn]:
    here = db.session.get_one(Clinic, current_user.clinic_id)
    return open_ones(here, now()).where(SignIn.person_id == current_user.id)


def _noted(what: str, record: str) -> Response:
    person = _person()
    audit.wrote(person, what, [person.id] if person.role == "patient" else [], [record], why="own-account")
    db.session.commit()
    return redirect(url_for("accounts.account"))
