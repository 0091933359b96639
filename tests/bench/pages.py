"""The clinic's pages in a service of 5,000 patients, against the very SQL that they run plus a bare page.

To that SQL belongs the row of the audit trail, which is durable before the page is sent."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

from flask import Flask, render_template_string
from flask.testing import FlaskClient
from sqlalchemy import event, select

from pwa import create_app
from pwa.config import Settings
from pwa.records import CareTeam, Person, db
from tests.bench.timing import in_turns, seconds, table

PATIENTS, DAYS = 5000, 60
SCHEMA = max(path.stem for path in Path("migrations/versions").glob("*.py"))
KEPT = Path(".make") / f"bench-{PATIENTS}-{DAYS}-{SCHEMA}.db"
SECRET = "s" * 40


def measure() -> None:
    fill()
    app = create_app(Settings(SECRET, address(), secure_cookies=False))
    browser, patient = a_clinician(app)
    rows = []
    for what, path in (("the patients list", "/clinic/"), ("a patient", f"/clinic/patients/{patient}")):
        statements = said_to_the_database(app, browser, path)
        ours, sql, bare = in_turns(
            20,
            lambda path=path: seconds(lambda: browser.get(path)),
            lambda statements=statements: replay(statements),
            bare_page(),
        )
        print(f"\n{what}: {len(statements)} statements, {sql * 1000:.1f} ms; a bare page {bare * 1000:.1f} ms")
        rows.append((what, ours, sql + bare))
    table(f"Pages of a service of {PATIENTS:,} patients, against their SQL plus a bare page", rows)


def address() -> str:
    return f"sqlite:///{KEPT.resolve()}"


def fill() -> None:
    """Made once for a schema, by the product's own command, and kept for the next run."""
    if KEPT.exists():
        return
    for older in KEPT.parent.glob("bench-*"):
        older.unlink()
    part = KEPT.with_suffix(".part")
    part.unlink(missing_ok=True)
    env = {**os.environ, "SECRET_KEY": SECRET, "DATABASE_URL": f"sqlite:///{part.resolve()}", "SECURE_COOKIES": "no"}
    flask = [sys.executable, "-m", "flask", "--app", "wsgi"]
    subprocess.run([*flask, "db", "upgrade"], env=env, check=True)
    amount = ["--patients", str(PATIENTS), "--days", str(DAYS), "--seed", "7"]
    taken = seconds(lambda: subprocess.run([*flask, "demo", *amount], env=env, check=True, stdout=subprocess.DEVNULL))
    print(f"demo {' '.join(amount)}: {taken:.0f} s")
    part.rename(KEPT)


def a_clinician(app: Flask) -> tuple[FlaskClient, str]:
    from pwa.accounts import open_sign_in

    browser = app.test_client()
    with app.test_request_context():
        person = db.session.scalars(select(Person).where(Person.email == "clinician@demo.test")).one()
        patient = db.session.scalars(select(CareTeam.patient_id).where(CareTeam.person_id == person.id).limit(1)).one()
        open_sign_in(person, None)
        db.session.commit()
        secret = person.secret
    with browser.session_transaction() as session:
        session.update(_user_id=secret, _fresh=True)
    assert browser.get("/clinic/").status_code == 200
    return browser, patient


Statement = tuple[str, Any]


def said_to_the_database(app: Flask, browser: FlaskClient, path: str) -> list[Statement]:
    with app.app_context():
        engine = db.engine
    said: list[Statement] = []

    def listen(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        said.append((statement, parameters))

    event.listen(engine, "before_cursor_execute", listen)
    assert browser.get(path).status_code == 200
    event.remove(engine, "before_cursor_execute", listen)
    return [one for one in said if not one[0].startswith("BEGIN")]


def replay(statements: list[Statement]) -> float:
    connection = sqlite3.connect(KEPT)
    connection.execute("PRAGMA synchronous=FULL")

    def run() -> None:
        for statement in statements:
            connection.execute(*statement).fetchall()
        connection.commit()

    taken = seconds(run)
    connection.close()
    return taken


def bare_page() -> Any:
    app = Flask("bare")

    @app.get("/")
    def page() -> str:
        return render_template_string("<!doctype html><title>{{ title }}</title><h1>{{ title }}</h1>", title="Bare")

    browser = app.test_client()
    return lambda: seconds(lambda: browser.get("/"))
