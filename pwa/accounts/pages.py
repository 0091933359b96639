"""Coming in and going out."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask_login import login_required, logout_user
from sqlalchemy import select
from werkzeug.wrappers import Response

from pwa.accounts.passwords import is_right
from pwa.accounts.sign_in import open_sign_in, this_sign_in
from pwa.config import now
from pwa.forms.accounts import SignInForm
from pwa.records import Person, db

blueprint = Blueprint("accounts", __name__)
DEVICE_COOKIE = "device"


@blueprint.route("/sign-in", methods=["GET", "POST"])
def sign_in() -> str | Response:
    form = SignInForm()
    if form.validate_on_submit():
        person = db.session.scalar(select(Person).where(Person.email == form.email.data.strip().lower()))
        if is_right(person, form.password.data):
            assert person is not None
            return _come_in(person)
        form.password.errors = [form.wrong()]
    return render_template("accounts/sign-in.html", form=form)


@blueprint.post("/sign-out")
@login_required
def sign_out() -> Response:
    this_sign_in().revoked_at = now()
    db.session.commit()
    logout_user()
    session.clear()
    return redirect(url_for("accounts.sign_in"))


def _come_in(person: Person) -> Response:
    opened = open_sign_in(person, request.cookies.get(DEVICE_COOKIE))
    db.session.commit()
    session.permanent = True
    answer = redirect(_home(person))
    answer.set_cookie(DEVICE_COOKIE, opened.device_id, max_age=400 * 86400, httponly=True, samesite="Lax")
    return answer


def _home(person: Person) -> str:
    return f"/{person.language}/" if person.role == "patient" else "/clinic/"
