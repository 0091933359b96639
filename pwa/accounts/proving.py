"""Before what is dangerous whoever sits there proves once more who they are: a browser may have been left open."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import ParamSpec

from flask import redirect, request, url_for
from flask_login import current_user, login_required
from werkzeug.wrappers import Response

from pwa.accounts.entrance import blueprint, door
from pwa.accounts.passwords import person_with
from pwa.accounts.sign_in import cookie_device, this_sign_in
from pwa.accounts.throttle import Tries
from pwa.accounts.way import onward
from pwa.config import now
from pwa.forms.accounts import ProveForm
from pwa.records import db

P = ParamSpec("P")
LASTS = timedelta(minutes=10)


def proved(view: Callable[P, Response]) -> Callable[P, Response]:
    """A button that was pressed is pressed again afterwards, on the page where it stands."""

    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> Response:
        if now() - this_sign_in().proved_at < LASTS:
            return view(*args, **kwargs)
        here = request.full_path.removesuffix("?") if request.method == "GET" else request.form.get("back")
        return redirect(url_for("accounts.prove", next=here))

    return guarded


@blueprint.route("/account/prove", methods=["GET", "POST"])
@login_required
def prove() -> Response:
    form = ProveForm()
    if not form.validate_on_submit():
        return door(form, 422 if form.is_submitted() else 200)
    tries = Tries.at_second_step(str(current_user.email), cookie_device())
    if wait := tries.wait():
        form.ask_to_wait()
        return door(form, 429, wait)
    tries.note()
    if person_with(str(current_user.email), form.password.data) is None:
        db.session.commit()
        form.say_wrong()
        return door(form, 422)
    tries.forgive()
    this_sign_in().proved_at = now()
    db.session.commit()
    return redirect(onward(current_user, request.args.get("next")))
