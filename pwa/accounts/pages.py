"""Coming in, going out, and in which language."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, current_app, jsonify, make_response, redirect, render_template, request, session
from flask import Response as Answer
from flask_login import current_user, login_required, logout_user
from werkzeug.wrappers import Response

from pwa.accounts.codes import LASTS as CODE_LASTS
from pwa.accounts.codes import new_code, person_with_code
from pwa.accounts.live import may_come_in
from pwa.accounts.passwords import person_with
from pwa.accounts.same_site import came_from_a_script_of_ours
from pwa.accounts.sign_in import DEVICE_COOKIE, LASTS, close_sign_in, cookie_device, open_sign_in, this_sign_in
from pwa.accounts.throttle import Tries
from pwa.accounts.way import onward
from pwa.errors import Problem
from pwa.forms.accounts import CodeForm, LanguageForm, SignInForm, TokenForm
from pwa.records import Clinic, Person, db
from pwa.records.base import end_reading

blueprint = Blueprint("accounts", __name__)
#: read by the phone's own pages, so that nobody's stores open once another person has signed in
OWNER_COOKIE = "owner"


@blueprint.route("/sign-in", methods=["GET", "POST"])
def sign_in() -> Response:
    if request.method == "GET" and current_user.is_authenticated:
        return redirect(onward(current_user, request.args.get("next")))
    form = SignInForm()
    if not form.validate_on_submit():
        return _page(form, 422 if form.is_submitted() else 200)
    tries = Tries.at_password(form.email.data, cookie_device())
    return _try(form, tries, lambda: person_with(form.email.data, form.password.data))


@blueprint.route("/sign-in/code", methods=["GET", "POST"])
def sign_in_by_code() -> Response:
    """For a screen on which a patient's password is not at hand: she has the code from where she is signed in."""
    if request.method == "GET" and current_user.is_authenticated:
        return redirect(onward(current_user, request.args.get("next")))
    form = CodeForm()
    if not form.validate_on_submit():
        return _page(form, 422 if form.is_submitted() else 200)
    return _try(form, Tries.at_code(), lambda: person_with_code(form.code.data))


@blueprint.post("/code")
def code() -> Response:
    """A code for another screen, asked for by a script of ours on one where a patient is signed in."""
    if not came_from_a_script_of_ours():
        raise Problem("cross-site")
    this_sign_in()
    if current_user.role != "patient":
        raise Problem("not-yours")
    tries = Tries.at_asking(current_user.id)
    if wait := tries.wait():
        raise Problem("slow-down", retry_after=wait)
    person: Person = current_user._get_current_object()
    tries.note()
    answer = jsonify(code=new_code(person), minutes=CODE_LASTS.seconds // 60)
    answer.headers["Cache-Control"] = "no-store"
    return answer


@blueprint.post("/sign-out")
def sign_out() -> Response:
    """A phone signs out by a script, whose pages carry no token; the clinic's pages do."""
    by_script = came_from_a_script_of_ours()
    if not by_script and not TokenForm().validate_on_submit():
        raise Problem("form-expired")
    if current_user.is_authenticated:
        end_reading()
        close_sign_in()
        db.session.commit()
        logout_user()
    session.clear()
    answer = Answer(status=204) if by_script else redirect("/sign-in")
    answer.delete_cookie(OWNER_COOKIE)
    return answer


@blueprint.post("/language")
@login_required
def speak() -> Response:
    form = LanguageForm()
    if form.validate_on_submit():
        end_reading()
        current_user.language = form.language.data
        db.session.commit()
    return redirect(onward(current_user, form.back.data))


def _try(form: SignInForm | CodeForm, tries: Tries, find: Callable[[], Person | None]) -> Response:
    if wait := tries.wait():
        form.ask_to_wait()
        return _page(form, 429, wait)
    tries.note()
    person = find()
    if person is None:
        db.session.commit()
        form.say_wrong()
        return _page(form, 422)
    tries.forgive()
    if person.closed_at:
        form.say_closed(db.session.get_one(Clinic, person.clinic_id).name)
        return _page(form, 403)
    if not may_come_in(person):
        form.say_not_live(db.session.get_one(Clinic, person.clinic_id).name)
        return _page(form, 403)
    return _come_in(person)


def _page(form: SignInForm | CodeForm, status: int, wait: int | None = None) -> Response:
    answer = make_response(render_template("accounts/sign-in.html", form=form), status)
    if wait:
        answer.headers["Retry-After"] = str(wait)
    return answer


def _come_in(person: Person) -> Response:
    opened = open_sign_in(person, cookie_device())
    db.session.commit()
    session.permanent = person.role == "patient"  # staff are out when the browser closes
    answer = redirect(onward(person, request.args.get("next")))
    answer.set_cookie(
        DEVICE_COOKIE,
        opened.device_id,
        max_age=LASTS["patient"],
        httponly=True,
        samesite="Lax",
        secure=current_app.config["SESSION_COOKIE_SECURE"],
    )
    lasts = LASTS["patient"] if session.permanent else None
    answer.set_cookie(
        OWNER_COOKIE, person.id, max_age=lasts, samesite="Lax", secure=current_app.config["SESSION_COOKIE_SECURE"]
    )
    return answer
