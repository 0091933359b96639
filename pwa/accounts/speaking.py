"""The language that a patient chooses on the phone becomes the account's."""

from __future__ import annotations

from flask import Response
from flask_login import current_user

from pwa.accounts.entrance import blueprint
from pwa.accounts.same_site import came_from_a_script_of_ours
from pwa.accounts.sign_in import this_sign_in
from pwa.errors import Problem
from pwa.records import db
from pwa.records.base import end_reading


@blueprint.post("/account/language/<any(en, fr):language>")
def speak_as_the_phone(language: str) -> Response:
    """It was perhaps chosen long ago and without a network; mail and the server's pages follow from now on."""
    if not came_from_a_script_of_ours():
        raise Problem("cross-site")
    this_sign_in()
    if current_user.role != "patient":
        raise Problem("not-yours")
    end_reading()
    current_user.language = language
    db.session.commit()
    return Response(status=204)
