"""Before what is dangerous whoever sits there proves once more who they are: a browser may have been left open."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any, ParamSpec

from flask import redirect, request, url_for
from flask_login import current_user, login_required
from werkzeug.wrappers import Response

from pwa.accounts.entrance import blueprint, door
from pwa.accounts.passkeys import passkeys_of
from pwa.accounts.passwords import person_with
from pwa.accounts.second import has_app, is_second_step
from pwa.accounts.sign_in import cookie_device, give_secret, this_sign_in
from pwa.accounts.throttle import Tries
from pwa.accounts.way import onward
from pwa.config import now
from pwa.forms.accounts import ProveForm
from pwa.records import Person, db

P = ParamSpec("P")
LASTS = timedelta(minutes=10)


def proved(view: Callable[P, Response]) -> Callable[P, Response]:
    """A button that was pressed is pressed again afterwards, on the page where it stands."""

    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> Response:
        if is_proved():
            return view(*args, **kwargs)
        here = request.full_path.removesuffix("?") if request.method == "GET" else request.form.get("back")
        return redirect(url_for("accounts.prove", next=here))

    return guarded


def is_proved() -> bool:
    return now() - this_sign_in().proved_at < LASTS


def note_proof() -> None:
    """Whoever sits there has just proved who they are. The caller commits."""
    sign_in = this_sign_in()
    sign_in.proved_at = now()
    give_secret(sign_in, current_user._get_current_object())


@blueprint.route("/account/prove", methods=["GET", "POST"])
@login_required
def prove() -> Response:
    person: Person = current_user._get_current_object()
    form = ProveForm()
    if not has_app(person):
        del form.code
    shown: dict[str, Any] = {"passkeys": passkeys_of(person), "has_password": person.password_hash is not None}
    if not form.validate_on_submit():
        return door(form, 422 if form.is_submitted() else 200, **shown)
    tries = Tries.at_second_step(str(current_user.email), cookie_device())
    if wait := tries.wait():
        form.ask_to_wait()
        return door(form, 429, wait, **shown)
    tries.note()
    if not _is_right(person, form):
        db.session.commit()
        form.say_wrong()
        return door(form, 422, **shown)
    tries.forgive()
    note_proof()
    db.session.commit()
    return redirect(onward(current_user, request.args.get("next")))


def _is_right(person: Person, form: ProveForm) -> bool:
    """The password, and the code of the app where there is one."""
    if person_with(str(person.email), form.password.data) is None:
        return False
    return "code" not in form or is_second_step(person, form.code.data)
