"""The catalogue of problems, and the one place where they become HTTP."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from flask import Flask, Response, current_app, jsonify, request
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException

from pwa.domain.words import N_

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Kind:
    status: int
    title: str


CATALOGUE = {
    "unreadable": Kind(400, N_("This could not be read. Go back and try again.")),
    "form-expired": Kind(400, N_("This page was open for a long time. Go back, reload it and try again.")),
    "sign-in": Kind(401, N_("Please sign in again.")),
    "not-yours": Kind(403, N_("This part is not open to you.")),
    "closed": Kind(
        403, N_("This account is closed. What is on this phone stays here. To open it again, call your clinic.")
    ),
    "erased": Kind(
        403,
        N_("Your clinic has erased what it kept of you, after the years set for it. What is on this phone stays."),
    ),
    "cross-site": Kind(403, N_("This came from another site, so it was not taken.")),
    "passkey": Kind(403, N_("This passkey opens nothing here. Use another one, or your password.")),
    "prove": Kind(403, N_("Please say once more who you are, then try again.")),
    "mailed-code": Kind(403, N_("One more code comes first: the one that was sent to your email address.")),
    "not-found": Kind(404, N_("There is nothing here, or it is not open to you.")),
    "method": Kind(405, N_("That cannot be done here.")),
    "owner": Kind(409, N_("Another person is signed in on this phone.")),
    "only-responder": Kind(
        409,
        N_("Nobody else answers alerts. Name someone under Safety first."),
    ),
    "too-large": Kind(413, N_("This is too large to take at once. Go back and send less.")),
    "not-json": Kind(415, N_("This must be sent as JSON.")),
    "slow-down": Kind(429, N_("That was tried too often. Wait a little, then try again.")),
    "internal": Kind(
        500, N_("Something went wrong on our side. Nothing that was saved is lost. Try again in a minute.")
    ),
    "unavailable": Kind(
        503, N_("The service cannot answer just now. Nothing that was saved is lost. Try again in a minute.")
    ),
    "no-clinic": Kind(503, N_("There is no clinic here yet")),
    "courier-silent": Kind(503, N_("Messages are not going out as they should just now.")),
}
OF_STATUS = {kind.status: code for code, kind in reversed(CATALOGUE.items())}


class Problem(Exception):
    """A named problem of the catalogue; raised at the edge only. `retry_after` is in seconds."""

    def __init__(self, code: str, retry_after: int | None = None) -> None:
        super().__init__(code)
        self.code, self.retry_after = code, retry_after


def register(app: Flask) -> None:
    app.before_request(_take_json_of_scripts_alone)
    app.register_error_handler(Problem, _answer)
    app.register_error_handler(CSRFError, lambda error: _answer(Problem("form-expired")))
    app.register_error_handler(OperationalError, _without_database)
    app.register_error_handler(HTTPException, _from_http)


def _take_json_of_scripts_alone() -> None:
    """A page's form comes as a form: Flask-WTF would read JSON of any shape into it, and fail at most of them."""
    if request.is_json and not (_wants_json() or request.path == "/sign-out"):
        raise Problem("unreadable")


def _from_http(error: HTTPException) -> Response:
    if error.code is None or error.code < 400:
        return error.get_response()  # type: ignore[return-value]
    return _answer(Problem(OF_STATUS.get(error.code, "internal" if error.code >= 500 else "unreadable")))


def _without_database(error: OperationalError) -> Response:
    """What it was asked is not logged: there may be answers in it."""
    log.error("the database does not answer: %s", error.orig)
    return _answer(Problem("unavailable"))


def _answer(problem: Problem) -> Response:
    kind = CATALOGUE[problem.code]
    if _wants_json():
        answer = jsonify(error=problem.code, message=_(kind.title))
    else:
        answer = Response(_page(problem.code, _(kind.title)), mimetype="text/html")
    answer.status_code = kind.status
    if problem.retry_after is not None:
        answer.headers["Retry-After"] = str(problem.retry_after)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _page(code: str, title: str) -> str:
    """Without what the clinic's layout asks of the database, which may be the very thing that failed."""
    start = "/clinic/" if request.path.startswith("/clinic/") else "/"
    page = "first-run.html" if code == "no-clinic" else "problem.html"
    return current_app.jinja_env.get_template(page).render(code=code, title=title, start=start, path=request.path)


def _wants_json() -> bool:
    by_script = request.path.startswith("/passkey/") or (request.path, request.method) == ("/account/close", "POST")
    return by_script or request.path in ("/sync", "/me", "/code", "/healthz", "/push")
