"""What makes it an app that can be put on a home screen, what every answer carries, and whether the service is well."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from flask import Blueprint, Flask, Response, current_app, jsonify, request
from flask_babel import gettext as _
from flask_compress import Compress
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from pwa.errors import Problem
from pwa.shell import assets, worker

blueprint = Blueprint("shell", __name__)
compress = Compress()

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
#: the others say nothing of a script or a style, and would weigh on the first visit with each of them
OF_FILES = ("X-Content-Type-Options", "Strict-Transport-Security")
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=()",
}
#: for two years, by https alone; a browser heeds it only where it came by https
STRICT = {"Strict-Transport-Security": "max-age=63072000; includeSubDomains"}
ASKED_ANEW = {"Cache-Control": "no-cache"}
#: pixels of the pictures; the phone cuts maskable ones to its own shape
ICONS = [(name, size, purpose) for name, purpose in (("icon", "any"), ("maskable", "maskable")) for size in (192, 512)]


def register(app: Flask) -> None:
    compress.init_app(app)
    app.register_blueprint(blueprint)
    headers = {**HEADERS, **(STRICT if app.config["SESSION_COOKIE_SECURE"] else {})}
    app.after_request(partial(_guard, headers))
    assets.serve(app, {name: headers[name] for name in OF_FILES if name in headers})


@blueprint.get("/sw.js")
@compress.compressed()
def service_worker() -> Response:
    if current_app.config["WORKER"] == "retired":
        return Response(worker.retiring(), mimetype="text/javascript", headers=ASKED_ANEW)
    kept = worker.kept()
    return _smallest(kept.script, kept.small_script, "text/javascript")


@blueprint.get("/pages.json")
@compress.compressed()
def pages() -> Response:
    """Every page of the patient in every language, for the worker to keep."""
    kept = worker.kept()
    return _smallest(kept.pages, kept.small_pages, "application/json")


@blueprint.get("/static/<path:missing>")
def no_such_file(missing: str) -> Response:
    """No page: a browser that asks for a script would run it, and a worker would keep it."""
    return Response("There is no such file.", 404, mimetype="text/plain")


@blueprint.get("/manifest.webmanifest")
def manifest() -> Response:
    """The icon opens "/", which the worker answers with Today in the patient's own language."""
    icons = [
        {
            "src": f"/static/icons/{name}-{size}.png",
            "sizes": f"{size}x{size}",
            "type": "image/png",
            "purpose": purpose,
        }
        for name, size, purpose in ICONS
    ]
    answer = jsonify(
        id="/",
        name="Tidelog",
        short_name="Tidelog",
        description=_("A diary of ketamine therapy, for you and your clinic. Works offline."),
        start_url="/",
        scope="/",
        display="standalone",
        background_color="#ebf0ee",
        theme_color="#ebf0ee",
        icons=icons,
    )
    answer.mimetype = "application/manifest+json"
    answer.headers["Cache-Control"] = "no-cache"
    return answer


@blueprint.get("/healthz")
def health() -> Response:
    try:
        with current_app.extensions["sqlalchemy"].engine.connect() as connection:
            connection.execute(text("SELECT count(*) FROM server_state"))
    except SQLAlchemyError as error:
        raise Problem("unavailable") from error
    for check in current_app.extensions["health"]:
        check()
    return jsonify(database="answers")


def _smallest(text: str, small: bytes, kind: str) -> Response:
    if not request.accept_encodings["br"]:
        return Response(text, mimetype=kind, headers=ASKED_ANEW)
    coded = {"Content-Encoding": "br", "Vary": "Accept-Encoding"}
    return Response(small, mimetype=kind, headers={**ASKED_ANEW, **coded})


def _guard(headers: Mapping[str, str], answer: Response) -> Response:
    for name, value in headers.items():
        answer.headers.setdefault(name, value)
    answer.headers.setdefault("Cache-Control", "no-store")
    return answer
