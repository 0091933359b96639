"""Coming in, going out, and in which language."""

from __future__ import annotations

from functools import partial

from flask import Response as Answer
from flask import jsonify, redirect, request, session
from flask_login import current_user, login_required, logout_user
from werkzeug.wrappers import Response

from pwa.accounts import cookies
from pwa.accounts.codes import LASTS as CODE_LASTS
from pwa.accounts.codes import new_code, person_with_code
from pwa.accounts.devices import known_here
from pwa.accounts.entrance import blueprint, come_in, door, try_to_come_in
from pwa.accounts.live import await_a_clinic, clinics
from pwa.accounts.passwords import person_with
from pwa.accounts.same_site import came_from_a_script_of_ours
from pwa.accounts.second_step import first_step
from pwa.accounts.sign_in import close_sign_in, this_sign_in
from pwa.accounts.throttle import Tries
from pwa.accounts.way import onward
from pwa.errors import Problem
from pwa.forms.accounts import CodeForm, LanguageForm, SignInForm, TokenForm
from pwa.records import Person, db
from pwa.records.base import end_reading


@blueprint.route("/sign-in", methods=["GET", "POST"])
def sign_in() -> Response:
    await_a_clinic()
    if request.method == "GET" and current_user.is_authenticated:
        return redirect(onward(current_user, request.args.get("next")))
    here = known_here()
    form = SignInForm(clinic=here.whose[0] if here else None)
    form.offer(clinics())
    if not form.validate_on_submit():
        return door(form, 422 if form.is_submitted() else 200)
    who = (form.clinic.data, form.email.data)
    return try_to_come_in(form, Tries.at_password(*who), lambda: person_with(*who, form.password.data), first_step)


@blueprint.route("/sign-in/code", methods=["GET", "POST"])
def sign_in_by_code() -> Response:
    """For a screen on which a patient's password is not at hand: she has the code from where she is signed in.

    Whoever sits at that open screen has one too: it lets in, and proves nothing."""
    if request.method == "GET" and current_user.is_authenticated:
        return redirect(onward(current_user, request.args.get("next")))
    form = CodeForm()
    if not form.validate_on_submit():
        return door(form, 422 if form.is_submitted() else 200)
    return try_to_come_in(
        form, Tries.at_code(), lambda: person_with_code(form.code.data), partial(come_in, is_proved=False)
    )


@blueprint.post("/code")
def code() -> Response:
    """A code for another screen, asked for by a script of ours on one where a patient is signed in."""
    if not came_from_a_script_of_ours():
        raise Problem("cross-site")
    this_sign_in()
    if current_user.role != "patient":
        raise Problem("not-yours")
    tries = Tries.at_asking(current_user.id)
    if wait := tries.take():
        raise Problem("slow-down", retry_after=wait)
    person: Person = current_user._get_current_object()
    answer = jsonify(code=new_code(person), minutes=CODE_LASTS.seconds // 60)
    answer.headers["Cache-Control"] = "no-store"
    return answer


@blueprint.post("/sign-out")
def sign_out() -> Response:
    """A phone signs out by a script, whose pages carry no token; the clinic's pages do."""
    by_script = came_from_a_script_of_ours()
    if not by_script and (request.is_json or not TokenForm().validate_on_submit()):
        raise Problem("form-expired")
    if current_user.is_authenticated:
        end_reading()
        close_sign_in()
        db.session.commit()
        logout_user()
    session.clear()
    answer = Answer(status=204) if by_script else redirect("/sign-in")
    cookies.forget(answer, cookies.OWNER)
    # the stores of a phone are not named here: what waits there is its only copy, and the script wipes the rest itself
    answer.headers["Clear-Site-Data"] = '"cache"'
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
