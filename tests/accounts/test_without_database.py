from __future__ import annotations

import pytest

from pwa.records import db


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
    assert answer.status_code == 500
    assert '<html lang="fr"' in answer.text
    assert "<h1" in answer.text


def test_a_patients_page_needs_none_even_when_signed_in(signed_in, away):
    browser = signed_in("ana")
    away()
    for path in ("/en/", "/fr/check-in", "/en/help"):
        answer = browser.get(path)
        assert answer.status_code == 200
        assert "Set-Cookie" not in answer.headers
