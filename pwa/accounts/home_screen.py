"""An invitation ends in an app: where a patient came in by one, she is shown how to keep it on her home screen."""

from __future__ import annotations

from flask import redirect, render_template, url_for
from flask_login import current_user, login_required
from werkzeug.wrappers import Response

from pwa.accounts.entrance import blueprint, come_in
from pwa.accounts.way import home
from pwa.records import Person


@blueprint.get("/account/home-screen")
@login_required
def home_screen() -> Response | str:
    if current_user.role != "patient":
        return redirect(home(current_user))
    return render_template("accounts/home-screen.html", start=home(current_user))


def come_in_by_invitation(person: Person, two_steps: bool = False) -> Response:
    """Staff work in a browser at a desk."""
    return come_in(person, two_steps, url_for("accounts.home_screen") if person.role == "patient" else None)
