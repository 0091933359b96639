"""docs/deploy/roles.sql: on PostgreSQL the service works by a role that changes rows and no table."""

from __future__ import annotations

import re

import psycopg
import pytest
from flask_migrate import upgrade
from sqlalchemy import text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ProgrammingError

from pwa import create_app
from pwa.config import Settings
from pwa.records import ServerState, db
from tests.conftest import CAST, KEYS, PASSWORD, SECRET, people_come_in
from tools.trees import ROOT

MADE = (ROOT / "docs" / "deploy" / "roles.sql").read_text()


def run(address, sentences):
    with psycopg.connect(address, autocommit=True) as connection:
        for sentence in sentences:
            connection.execute(sentence)


@pytest.fixture
def as_role(postgres):
    """The addresses of the database that the file makes, as each of its roles."""
    there = make_url(postgres).set(drivername="postgresql")
    before, after = re.sub(r"^--.*$", "", MADE, flags=re.M).split("\\connect tidelog")
    run(there.render_as_string(False), [one for one in before.split(";") if one.strip()])
    its = there.set(database="tidelog")
    run(its.render_as_string(False), [one for one in after.split(";") if one.strip()])
    yield lambda role: its.set(username=role, drivername="postgresql+psycopg").render_as_string(False)
    gone = ["DROP DATABASE tidelog WITH (FORCE)", "DROP ROLE tidelog", "DROP ROLE tidelog_owner"]
    run(there.render_as_string(False), gone)


@pytest.fixture
def served(as_role, clock):
    """Migrated by the owner, served by the other."""
    with create_app(Settings(SECRET, as_role("tidelog_owner"), KEYS), clock).app_context():
        upgrade(directory="migrations")
        db.session.execute(ServerState.__table__.delete())
        people_come_in(clock())
        db.session.commit()
        db.session.remove()
        db.engine.dispose()
    app = create_app(Settings(SECRET, as_role("tidelog"), KEYS, secure_cookies=False), clock)
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def test_the_service_does_its_work_by_it(served):
    browser, elsewhere = served.test_client(), served.test_client()
    for one, who in ((browser, "clinician"), (elsewhere, "stranger")):
        clinic, _, _, email = CAST[who]
        typed = {"clinic": clinic, "email": email, "password": PASSWORD}
        assert one.post("/sign-in", data=typed).status_code == 302
    assert browser.get(f"/clinic/patients/{CAST['ana'][1]}").status_code == 200
    assert elsewhere.get(f"/clinic/patients/{CAST['patient-elsewhere'][1]}").status_code == 200
    assert served.test_cli_runner().invoke(args=["audit", "verify"]).exit_code == 0
    assert browser.get("/healthz").status_code == 200


@pytest.mark.parametrize(
    "sentence",
    [
        "DROP TRIGGER audit_stands ON audit",
        "ALTER TABLE audit DISABLE TRIGGER ALL",
        "CREATE OR REPLACE FUNCTION audit_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN OLD; END $$",
        "TRUNCATE audit_patient",
        "DROP TABLE note",
        "ALTER TABLE person ADD COLUMN more text",
        "CREATE TABLE more (n int)",
    ],
)
def test_it_changes_no_table_and_takes_no_guard_away(served, sentence):
    with served.app_context():
        with pytest.raises(ProgrammingError, match="InsufficientPrivilege"):
            db.session.execute(text(sentence))
        db.session.rollback()
