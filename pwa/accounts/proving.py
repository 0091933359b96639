"""Before what is dangerous whoever sits there proves once more who they are: a browser may have been left open."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial, wraps
from typing import Any, ParamSpec
from urllib.parse import urlsplit

from flask import redirect, request, session, url_for
from flask_login import current_user, login_required
from werkzeug.wrappers import Response

from pwa.accounts.entrance import blueprint, door
from pwa.accounts.passkeys import passkeys_of
from pwa.accounts.passwords import person_with
from pwa.accounts.second import has_app, has_second_step, is_second_step
from pwa.accounts.sign_in import PROOF_LASTS, give_secret, this_sign_in
from pwa.accounts.throttle import Tries
from pwa.accounts.way import onward
from pwa.config import now
from pwa.forms.accounts import ProveForm
from pwa.records import Person, db

P = ParamSpec("P")
#: what the names begin with of what is asked beside what was typed before
BESIDE = "prove-"
#: in the browser's session: for which page the last proof was given, and the hash of the secret that came of it
PROVED_FOR = "proved-for"


def proved(view: Callable[P, Response]) -> Callable[P, Response]:
    """What was typed, or the button that was pressed, goes along and is done once they proved it.

    Where `back` names a page, as for a download, that page comes then, and the button is pressed again."""

    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> Response:
        if is_proved():
            return view(*args, **kwargs)
        if request.method == "GET" or "back" in request.form:
            here = request.form.get("back") or request.full_path.removesuffix("?")
            return to_prove(here)
        form = ProveForm(prefix=BESIDE)
        typed = [(name, one) for name, one in request.form.items(multi=True) if not name.startswith(BESIDE)]
        is_tried = form.password.name in request.form
        return _asked(form, is_tried, 403, typed=typed) or view(*args, **kwargs)

    return guarded


def to_prove(here: str) -> Response:
    """And back, once they proved it."""
    return redirect(url_for("accounts.prove", next=here))


def is_proved() -> bool:
    return now() - this_sign_in().proved_at < PROOF_LASTS


def is_proved_for(page: str) -> bool:
    """By a proof that was given for this page, after which there was none for another."""
    return is_proved() and session.get(PROVED_FOR) == [page, this_sign_in().secret_hash]


def note_proof() -> None:
    """Whoever sits there has just proved who they are. The caller commits."""
    sign_in = this_sign_in()
    sign_in.proved_at = now()
    give_secret(sign_in, current_user._get_current_object())
    session[PROVED_FOR] = [urlsplit(request.args.get("next", "")).path, sign_in.secret_hash]


@blueprint.route("/account/prove", methods=["GET", "POST"])
@login_required
def prove() -> Response:
    return _asked(ProveForm(), request.method == "POST", 200) or redirect(
        onward(current_user, request.args.get("next"))
    )


def _asked(form: ProveForm, is_tried: bool, at_first: int, **typed: Any) -> Response | None:
    """The page that asks; None once they have proved it."""
    person: Person = current_user._get_current_object()
    if not has_second_step(person):
        del form.code
    elif not has_app(person):
        form.ask_for_a_recovery_code()
    shown = {"passkeys": passkeys_of(person), "has_password": person.password_hash is not None, **typed}
    page = partial(_page, form, shown)
    if not (is_tried and form.validate()):
        return page(422 if is_tried else at_first)
    tries = Tries.at_proof(person.id, str(person.email))
    if wait := tries.take():
        tries.tell("waits")
        form.ask_to_wait()
        return page(429, wait)
    if not _is_right(person, form):
        tries.tell("wrong")
        db.session.commit()
        form.say_wrong()
        return page(422)
    tries.forgive()
    note_proof()
    db.session.commit()
    return None


def _page(form: ProveForm, shown: dict[str, Any], status: int, wait: int | None = None) -> Response:
    return door(form, status, wait, page="accounts/prove.html", **shown)


def _is_right(person: Person, form: ProveForm) -> bool:
    """The password, and where the account has a second step its code: a password alone is no proof there."""
    if person_with(person.clinic_id, str(person.email), form.password.data) is None:
        return False
    return "code" not in form or is_second_step(person, form.code.data)
