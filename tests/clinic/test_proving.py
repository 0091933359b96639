"""Before what is dangerous one proves once more who one is, and nothing that was typed is lost by it."""

from __future__ import annotations

import re
from html import unescape

import pytest
from sqlalchemy import select

from pwa.records import CareTeam, Clinic, Emergency, Invitation, Person, SignIn, db
from tests.accounts.test_invitations import MEMBER
from tests.conftest import CAST, CLINIC, PASSWORD

ANA, CHOSEN_DAY = CAST["ana"], "2026-11-01"
#: who, where, and what they fill in
DANGEROUS = {
    "emergency": (
        "another-clinician",
        "/clinic/emergency",
        {"who": "KT-1001", "birth_date": "1988-03-01", "reason": "She fell & <is> alone."},
    ),
    "again": ("front-desk", "/clinic/invitations/again", {"whose": "KT-1001"}),
    "member": ("manager", "/clinic/invitations/member", MEMBER),
    "close": ("manager", f"/clinic/people/{ANA[1]}/close", {}),
    "open": ("manager", f"/clinic/people/{ANA[1]}/open", {}),
    "team": ("manager", f"/clinic/people/{ANA[1]}/team", {"clinician": CAST["another-clinician"][1]}),
    "hand over": (
        "manager",
        f"/clinic/people/{CAST['clinician'][1]}/hand-over",
        {"to": CAST["another-clinician"][1]},
    ),
    "records": ("manager", "/clinic/keeping", {"years": "12"}),
    "sign out": ("front-desk", f"/clinic/people/{ANA[1]}/sign-out", {}),
    "doors": ("manager", "/clinic/doors", {"idle_minutes": "15", "patient_days": "30"}),
    "trail": ("manager", "/clinic/audit", {"years": "12"}),
}


def counted(app):
    """What any of it would change."""
    with app.app_context():
        clinic, ana = db.session.get_one(Clinic, CLINIC), db.session.get_one(Person, ANA[:2])
        rows = [len(db.session.scalars(select(table)).all()) for table in (Emergency, Invitation, Person)]
        teams = sorted((one.patient_id, one.person_id) for one in db.session.scalars(select(CareTeam)))
        found = (teams, clinic.kept_years, clinic.audit_years, clinic.idle_minutes, ana.closed_at, *rows, *_open())
        db.session.remove()
    return found


def _open():
    return db.session.scalars(select(SignIn.id).where(SignIn.revoked_at.is_(None), SignIn.person_id == ANA[1])).all()


@pytest.fixture
def long_ago(app, signed_in, clock):
    """A browser in which somebody signed in a while ago."""

    def sign_in(who):
        browser = signed_in(who)
        clock.forward(minutes=10)
        return browser

    return sign_in


def carried(page):
    return {name: unescape(value) for name, value in re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', page)}


@pytest.mark.parametrize("what", DANGEROUS)
def test_what_is_dangerous_waits_for_a_proof_and_is_then_done_with_all_that_was_typed(app, signed_in, long_ago, what):
    who, path, typed = DANGEROUS[what]
    signed_in("ana")
    browser, before = long_ago(who), counted(app)
    asked = browser.post(path, data=typed)
    assert (asked.status_code, "Is it you?" in asked.text) == (403, True)
    assert carried(asked.text) == typed
    wrong = browser.post(path, data={**carried(asked.text), "prove-password": "wrong"})
    assert (wrong.status_code, carried(wrong.text)) == (422, typed)
    assert counted(app) == before
    done = browser.post(path, data={**carried(wrong.text), "prove-password": PASSWORD})
    assert done.status_code in (200, 302), done.text
    assert what == "open" or counted(app) != before
    assert browser.post(path, data=typed).status_code != 403, "the proof counts for a while"


def test_where_there_is_a_page_one_is_asked_before_anything_is_typed(long_ago):
    asked = long_ago("another-clinician").get("/clinic/emergency?code=KT-1001")
    assert asked.headers["Location"] == "/account/prove?next=/clinic/emergency?code%3DKT-1001"


def test_the_trail_is_taken_out_by_who_proved_it_from_the_page_on_which_they_chose(long_ago):
    manager = long_ago("manager")
    asked = manager.get(f"/clinic/audit.csv?from={CHOSEN_DAY}").headers["Location"]
    assert asked.startswith("/account/prove?next=/clinic/audit?from%3D2026-11-01")
    back = manager.post(asked, data={"password": PASSWORD}).headers["Location"]
    assert back.startswith(f"/clinic/audit?from={CHOSEN_DAY}")
    assert manager.get(f"/clinic/audit.csv?from={CHOSEN_DAY}").mimetype == "text/csv"


def test_guesses_beside_what_was_typed_are_counted_too(long_ago):
    desk = long_ago("front-desk")
    guess = {"whose": "KT-1001", "prove-password": "wrong"}
    answers = [desk.post("/clinic/invitations/again", data=guess).status_code for _ in range(9)]
    assert answers == [422] * 8 + [429]
