"""The one place at which a person is let in, and what their browser then gets."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, make_response, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from pwa.accounts import audit, cookies
from pwa.accounts.live import came_in_before, may_come_in
from pwa.accounts.sign_in import open_sign_in
from pwa.accounts.throttle import Tries
from pwa.accounts.way import onward
from pwa.domain.terms import NEWEST
from pwa.forms.accounts import ComingIn
from pwa.records import Clinic, Person, db
from pwa.records.agreements import agreed_to

blueprint = Blueprint("accounts", __name__)
PAGES = {
    "accounts.sign_in": "accounts/sign-in.html",
    "accounts.sign_in_by_code": "accounts/sign-in.html",
    "accounts.invited": "accounts/invited.html",
    "accounts.invited_by_mail": "accounts/invited.html",
    "accounts.choose": "accounts/invited.html",
    "accounts.second_step": "accounts/second-step.html",
    "accounts.set_up": "accounts/set-up.html",
    "accounts.change_password": "accounts/password.html",
}
#: how one came in, by the last step
HOW = {
    "accounts.sign_in": "by-password",
    "accounts.second_step": "by-second-step",
    "accounts.use_passkey": "by-passkey",
    "accounts.sign_in_by_code": "by-code",
    "accounts.choose": "by-invitation",
    "accounts.invited_by_mail": "by-invitation",
    "accounts.make_passkey": "by-invited-passkey",
}


def try_to_come_in(
    form: ComingIn,
    tries: Tries,
    find: Callable[[], Person | None],
    let_in: Callable[[Person], Response] | None = None,
) -> Response:
    if wait := tries.take():
        tries.tell("waits")
        form.ask_to_wait()
        return door(form, 429, wait)
    person = find()
    if person is None:
        tries.tell("wrong")
        db.session.commit()
        form.say_wrong()
        return door(form, 422)
    tries.forgive()
    if person.closed_at or not may_come_in(person):
        db.session.commit()
        _say_why_not(form, person)
        return door(form, 403)
    return (let_in or come_in)(person)


def _say_why_not(form: ComingIn, person: Person) -> None:
    clinic = db.session.get_one(Clinic, person.clinic_id).name
    (form.say_closed if person.closed_at else form.say_not_live)(clinic)


def door(form: ComingIn, status: int, wait: int | None = None, page: str = "", **more: Any) -> Response:
    """The page at which one stands, unless another is named."""
    answer = make_response(render_template(page or PAGES[str(request.endpoint)], form=form, **more), status)
    if wait:
        answer.headers["Retry-After"] = str(wait)
    return answer


def come_in(person: Person, two_steps: bool = False, wanted: str | None = None, is_proved: bool = True) -> Response:
    """To the page that is wanted, or was asked for.

    A patient agrees to the terms on the first day; later what waits on the phone goes out first, then Today asks."""
    asks = person.role == "patient" and not came_in_before(person) and not agreed_to(person, NEWEST.version)
    opened = open_sign_in(person, two_steps, is_proved)
    audit.came_in(person, opened.id, HOW[str(request.endpoint)])
    db.session.commit()
    session.permanent = person.role == "patient"  # staff are out when the browser closes
    to = onward(person, wanted or request.args.get("next"))
    answer = redirect(url_for("accounts.terms_of_use", next=to) if asks else to)
    cookies.keep(answer, cookies.OWNER, person.id, cookies.LONGEST if session.permanent else None)
    return answer
