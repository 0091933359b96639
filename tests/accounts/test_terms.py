"""Everyone agrees to the terms of use before they begin, once to each version; what must not wait for it goes on."""

from __future__ import annotations

import hashlib
import re

import pytest
from sqlalchemy import delete, select, text
from sqlalchemy.exc import DatabaseError

from pwa.accounts.invitations import invite
from pwa.domain import terms
from pwa.records import Agreement, Device, Person, db
from tests.accounts.test_closing import OURS
from tests.conftest import CAST, PASSWORD, agreed

NEWEST = {"version": terms.NEWEST.version}
ANA, CLINICIAN = CAST["ana"], CAST["clinician"]
#: SHA-256 of the words of each version that was out. Never change one: write a new version, and add its line
OUT = {1: "da50b6f0191e412785ff40161d7c13ff2fe992f434044aba5fd2195471b5d165"}


def newer_terms_came(app, clock):
    """What everyone agreed to was another version."""
    with app.app_context():
        db.session.execute(delete(Agreement))
        db.session.add_all(agreed(clinic, id_, clock(), version=0) for clinic, id_, *_ in CAST.values())
        db.session.commit()
        db.session.remove()


def agreements(app, who):
    with app.app_context():
        found = db.session.scalars(select(Agreement).where(Agreement.person_id == CAST[who][1])).all()
        return {one.version: one for one in found}


@pytest.mark.parametrize("version", [one.version for one in terms.TERMS])
def test_the_words_of_a_version_stay_as_people_agreed_to_them(version):
    words = repr(terms.by_version(version)).encode()
    assert hashlib.sha256(words).hexdigest() == OUT[version]


def test_both_languages_say_the_same_parts():
    for one in terms.TERMS:
        english, french = ([len(part.says) for part in one.parts[lang]] for lang in ("en", "fr"))
        assert english == french


def test_no_page_of_the_clinic_opens_before_newer_terms_are_agreed_to_and_then_the_one_that_was_asked_for(
    app, clock, signed_in, audit
):
    newer_terms_came(app, clock)
    page = f"/clinic/patients/{ANA[1]}?days=91"
    nurse = signed_in("clinician")
    asked = nurse.get(page)
    assert asked.headers["Location"] == f"/terms?next=/clinic/patients/{ANA[1]}?days%3D91"
    assert audit() == []
    assert "They have changed since you agreed" in nurse.get(asked.headers["Location"]).text
    answer = nurse.post(asked.headers["Location"], data=NEWEST)
    assert answer.headers["Location"] == page
    assert nurse.get(page).status_code == 200


def test_what_was_agreed_to_stands_with_its_day_and_its_language_and_in_the_trail(app, clock, signed_in, audit):
    newer_terms_came(app, clock)
    clock.forward(days=1)
    ana = signed_in("ana")
    ana.post("/terms", data=NEWEST)
    first = clock()
    clock.forward(days=1)
    ana.post("/terms", data=NEWEST)
    kept = agreements(app, "ana")
    assert sorted(kept) == [0, NEWEST["version"]]
    assert (kept[NEWEST["version"]].at, kept[NEWEST["version"]].language) == (first, "en")
    [row] = [row for row in audit() if row.what == "terms"]
    assert (row.person_id, row.patients, row.why) == (ANA[1], [ANA[1]], "own-account")
    page = ana.get("/account").text
    assert "/terms?version=0" in page
    assert f"/terms?version={NEWEST['version']}" in page


def test_who_saw_older_words_is_shown_the_newer_ones_first(app, clock, signed_in):
    newer_terms_came(app, clock)
    ana = signed_in("ana")
    answer = ana.post("/terms", data={"version": 0})
    assert (answer.status_code, "I agree" in answer.text) == (422, True)
    assert sorted(agreements(app, "ana")) == [0]


def test_a_patient_agrees_on_the_first_day_before_anything_else(app, clock):
    with app.app_context():
        db.session.execute(delete(Agreement))
        code = invite(db.session.get_one(Person, ANA[:2]), None)
        db.session.commit()
    app.config["WTF_CSRF_ENABLED"] = False
    ana = app.test_client()
    ana.post("/invited", data={"code": code})
    first = ana.post("/invited/choose", data={"password": "four sea birds asleep"})
    assert first.headers["Location"] == "/terms?next=/account/home-screen"
    assert ana.post(first.headers["Location"], data=NEWEST).headers["Location"] == "/account/home-screen"


def test_who_has_something_to_send_comes_in_as_before_sends_it_and_is_asked_then(app, clock, signed_in):
    signed_in("ana")
    newer_terms_came(app, clock)
    ana = app.test_client()
    answer = ana.post("/sign-in", data={"clinic": ANA[0], "email": ANA[3], "password": PASSWORD})
    assert answer.headers["Location"] == "/en/"
    for page in ("/en/help", "/en/safety-plan", "/en/journal/entry", "/me", "/account"):
        assert ana.get(page).status_code == 200
    assert sync(app, ana)["asks"] == "terms"
    ana.post("/terms", data=NEWEST)
    assert "asks" not in sync(app, ana)


def sync(app, browser):
    with app.app_context():
        device = db.session.scalars(select(Device.id).where(Device.person_id == ANA[1])).first()
    call = {"batch": "b", "owner": ANA[1], "device": device, "epoch": 1, "cursor": 0, "waiting": 0, "versions": []}
    answer = browser.post("/sync", json=call, headers=OURS)
    assert answer.status_code == 200
    return answer.get_json()


def test_the_terms_are_open_to_read_for_everyone_in_both_languages_and_every_version(app):
    stranger = app.test_client()
    for lang in ("en", "fr"):
        page = stranger.get(f"/terms?language={lang}").text
        assert all(part.title in page for part in terms.NEWEST.parts[lang])
        assert "<button" not in re.sub(r"<header.*?</header>", "", page, flags=re.S)
    for odd in ("0", "99999999999", "²", "x", ""):
        assert stranger.get(f"/terms?version={odd}").status_code == 200


def test_the_database_itself_refuses_to_change_what_was_agreed_to(app_on_both):
    with app_on_both.app_context():
        with pytest.raises(DatabaseError, match="is not changed"):
            db.session.execute(text("UPDATE agreement SET version = 9"))
        db.session.rollback()


def test_no_agreement_takes_the_place_of_another(app):
    with app.app_context():
        db.session.execute(
            text("INSERT OR REPLACE INTO agreement SELECT clinic_id, person_id, version, 'fr', at FROM agreement")
        )
        assert db.session.scalars(text("SELECT DISTINCT language FROM agreement")).all() == ["en"]
