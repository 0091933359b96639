from __future__ import annotations

import resource
from contextlib import contextmanager

import pytest
from sqlalchemy import text

from pwa.records import db
from pwa.sync.sentences import Owner
from tests.conftest import CAST, CLINIC, PASSWORD
from tests.sync.phones import phone_of, said


@pytest.fixture
def away(app):
    """Call it, and the database answers no more."""

    def go():
        with app.app_context():
            db.drop_all()
        app.config.update(TESTING=False, PROPAGATE_EXCEPTIONS=False)

    return go


def test_a_page_of_the_clinic_says_so_in_words(signed_in, away):
    browser = signed_in("clinician")
    away()
    answer = browser.get("/clinic/", headers={"Accept-Language": "fr"})
    assert answer.status_code == 503
    assert '<html lang="fr"' in answer.text
    assert "<h1" in answer.text


def test_it_says_so_also_when_only_a_part_of_the_database_answers(app, signed_in):
    browser = signed_in("clinician")
    with app.app_context():
        db.session.execute(text("ALTER TABLE clinic RENAME COLUMN name TO gone"))
        db.session.commit()
    app.config.update(TESTING=False, PROPAGATE_EXCEPTIONS=False)
    answer = browser.get("/clinic/")
    assert answer.status_code == 503
    assert 'href="/clinic/"' in answer.text


def test_a_patients_page_needs_none_even_when_signed_in(signed_in, away):
    browser = signed_in("ana")
    away()
    for path in ("/en/", "/fr/check-in", "/en/help"):
        answer = browser.get(path)
        assert answer.status_code == 200
        assert "Set-Cookie" not in answer.headers


def test_whoever_signs_in_meanwhile_reads_that_nothing_is_lost(app, away):
    browser = app.test_client()
    app.config["WTF_CSRF_ENABLED"] = False
    away()
    answer = browser.post("/sign-in", data={"clinic": CLINIC, "email": CAST["ana"][3], "password": PASSWORD})
    assert answer.status_code == 503
    assert "Nothing that was saved is lost. Try again in a minute." in answer.text


def test_a_phone_hears_it_as_a_problem_and_nothing_that_was_asked_is_logged(signed_in, away, caplog):
    browser = signed_in("ana")
    away()
    answer = browser.post("/sync", json={"note": "not for a log"}, headers={"X-Tidelog": "1"})
    assert (answer.status_code, answer.json["error"]) == (503, "unavailable")
    assert "the database does not answer" in caplog.text
    assert "SELECT" not in caplog.text


@contextmanager
def a_full_disk(app):
    """What stands there is read, and nothing more is taken: SQLite hears of it at the commit."""
    app.config.update(TESTING=False, PROPAGATE_EXCEPTIONS=False)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_phone_hears_of_a_full_disk_as_a_problem_and_sends_again_once_there_is_room(app, clock):
    phone = phone_of(app, clock, Owner(CLINIC, CAST["ana"][1]))
    with a_full_disk(app):
        answer = phone.post([said()])
    assert (answer.status_code, answer.json["error"]) == (503, "unavailable")
    assert phone.outcomes(said()) == ["stored"]
