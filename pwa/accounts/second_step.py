"""After the password of a member of staff: the second step, and where it is set up."""

from __future__ import annotations

from functools import partial

from flask import redirect, render_template, request, url_for
from flask_login import current_user, login_required
from werkzeug.wrappers import Response

from pwa.accounts import audit
from pwa.accounts.entrance import blueprint, come_in, door, try_to_come_in
from pwa.accounts.half_way import go_half_way, take_half_way, who_is_half_way
from pwa.accounts.passkeys import passkeys_of
from pwa.accounts.proving import proved
from pwa.accounts.qr import qr
from pwa.accounts.second import (
    address_of,
    begin_set_up,
    confirm,
    has_app,
    has_second_step,
    is_second_step,
    new_recovery_codes,
)
from pwa.accounts.sign_in import close_sign_ins, this_sign_in
from pwa.accounts.telling import tell
from pwa.accounts.throttle import Tries
from pwa.accounts.way import onward
from pwa.errors import Problem
from pwa.forms.accounts import RecoveryForm, SecondStepForm, SetUpForm
from pwa.records import Person, db
from pwa.records.base import end_reading


def first_step(person: Person) -> Response:
    """The password was right: in, or on to the second step."""
    if not has_second_step(person):
        return come_in(person)
    go_half_way(person)
    return redirect(url_for("accounts.second_step", next=request.args.get("next")))


@blueprint.route("/sign-in/second", methods=["GET", "POST"])
def second_step() -> Response:
    person = who_is_half_way()
    if person is None:
        return redirect(url_for("accounts.sign_in", next=request.args.get("next")))
    form = SecondStepForm() if has_app(person) else RecoveryForm()
    form.has_passkeys = bool(passkeys_of(person))
    if not form.validate_on_submit():
        return door(form, 422 if form.is_submitted() else 200)
    tries = Tries.at_second_step(person.clinic_id, str(person.email))
    find = partial(_by_second_step, person, form.code.data)
    return try_to_come_in(form, tries, find, partial(come_in, two_steps=True))


@blueprint.route("/account/second", methods=["GET", "POST"])
@login_required
@proved
def set_up() -> Response:
    """The square for a new app with codes, and its first code. One in use goes on until then."""
    person = _member()
    form, secret = SetUpForm(), begin_set_up(person)
    if form.validate_on_submit():
        if is_second_step(person, form.code.data, is_new=True):
            return _codes(confirm(person))
        db.session.commit()
        form.say_wrong()
    square = qr(address_of(person, secret), str(form.square))
    status = 422 if form.is_submitted() else 200
    return door(form, status, secret=secret, square=square, is_another=has_app(person))


@blueprint.post("/account/recovery")
@login_required
@proved
def recovery() -> Response:
    """New recovery codes in the place of those that are left."""
    person = _member()
    if not has_second_step(person):
        raise Problem("not-yours")
    end_reading()
    return _codes(new_recovery_codes(person))


def _by_second_step(person: Person, typed: str) -> Person | None:
    return person if is_second_step(person, typed) and take_half_way() else None


def _member() -> Person:
    if current_user.role == "patient":
        raise Problem("not-yours")
    person: Person = current_user._get_current_object()
    return person


def _codes(codes: list[str]) -> Response:
    """Who set up a second step is signed out wherever it was not asked for."""
    person, sign_in = _member(), this_sign_in()
    sign_in.two_steps = True
    close_sign_ins(person, but=sign_in.id)
    tell(person, "keys")
    audit.wrote(person, "keys", [], [person.id], why="administration")
    db.session.commit()
    return Response(
        render_template("accounts/recovery.html", codes=codes, home=onward(person, None)), mimetype="text/html"
    )
