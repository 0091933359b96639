"""The front desk: appointments and invitations, page by page, and no answer on any of them."""

from __future__ import annotations

import re

import pytest

from pwa.accounts.invitations import invite
from pwa.records import Invitation, Person, db
from tests.clinic.conftest import plain
from tests.conftest import CAST, CLINIC, uid

ANA, BO = CAST["ana"], CAST["another-patient"]
#: what opens to it; every other page of the clinic is shut
OPEN = {"/clinic/sessions", "/clinic/invitations", "/clinic/invitations/patient", "/clinic/correct"}
CORRECT = "/clinic/people/<uuid:person>/correct"
WORDS = ("it was dark behind the gate", "a line for my team", "what her clinician makes of it", "she fell")


@pytest.fixture
def desk(signed_in):
    return signed_in("front-desk")


@pytest.fixture
def lived(says, treated, noted_by, judged_by):
    """All that the clinic could know of a patient who is expected tomorrow."""
    says("ana", "check-in", {"mood": 2, "thoughts": "often", "note": WORDS[1]})
    says("ana", "journal", {"text": WORDS[0], "audience": "care-team"})
    says("ana", "effects", {"effects": [{"effect": "nausea", "severity": 3}]})
    noted_by("clinician", WORDS[2])
    judged_by("clinician", words=WORDS[3])
    treated(days=1)
    treated(days=-1, status="planned", number=3, of=6)
    visit = {"status": "planned", "at": "2026-11-23T13:00:00-05:00", "minutes": 50, "therapist": CAST["therapist"][1]}
    says("ana", "visit", visit, by="therapist")


def invited(app, who):
    with app.app_context():
        invite(db.session.get_one(Person, CAST[who][:2]), None)
        db.session.commit()
        db.session.remove()


def main_of(page):
    return plain(re.search(r"<main.*</main>", page, re.S)[0])


def test_its_pages_are_two_and_the_first_one_is_who_comes_when(desk):
    assert desk.get("/clinic/").headers["Location"] == "/clinic/sessions"
    rail = desk.get("/clinic/sessions").text.partition('class="me"')[0]
    assert re.findall(r'<a href="(/clinic/[^"]*)"', rail) == ["/clinic/sessions", "/clinic/invitations"]


def test_every_other_page_of_the_clinic_is_shut(app, desk, lived):
    for rule in app.url_map.iter_rules():
        if rule.rule.startswith("/clinic/") and "GET" in rule.methods and rule.rule not in OPEN | {"/clinic/", CORRECT}:
            address = re.sub(r"<uuid:patient>", ANA[1], rule.rule)
            address = re.sub(r"<[^>]+>", uid(1), address)
            assert desk.get(address).status_code == 403, rule.rule


def test_what_opens_to_it_has_no_answer_no_judgement_no_effect_and_no_alert(desk, lived):
    for address in (*sorted(OPEN), CORRECT.replace("<uuid:person>", ANA[1])):
        page = desk.get(address)
        assert page.status_code == 200
        for word in (*WORDS, "thoughts", "often", "mood", "ausea", "lert", "/clinic/patients/", "/clinic/triage"):
            assert word not in main_of(page.text), (address, word)
        assert 'id="waiting"' not in page.text, "nor how many alerts are open"


def test_sessions_say_who_comes_when_for_how_long_and_how_to_reach_them_and_not_for_what(desk, lived):
    page = main_of(desk.get("/clinic/sessions").text)
    assert "Tomorrow 10:00 KT-1001 session 3 of 6 · At the clinic" in page
    assert "13:00 KT-1001 visit with a therapist, 50 min" in page
    assert "416-555-0101" in page
    for what in ("IV", "ketamine", "mg"):
        assert what not in page


def test_invitations_are_those_of_patients_and_of_no_colleague(app, desk):
    for who in ("ana", "another-patient", "therapist", "patient-elsewhere"):
        invited(app, who)
    page = main_of(desk.get("/clinic/invitations").text)
    assert {code for code in ("KT-1001", "KT-1002", "KT-1003") if code in page} == {"KT-1001", "KT-1002"}
    assert "therapist" not in page


def test_it_lets_patients_in_and_no_colleague_and_takes_back_what_it_gave(app, desk):
    again = desk.post("/clinic/invitations/again", data={"whose": "KT-1001"})
    assert (again.status_code, 'class="ticket"' in again.text) == (200, True)
    for colleague in ("clinician", "manager"):
        assert desk.post("/clinic/invitations/again", data={"whose": CAST[colleague][3]}).status_code == 422
    assert desk.post("/clinic/invitations/member", data={}).status_code == 403
    invited(app, "therapist")
    with app.app_context():
        given = {one.person_id: one.id for one in db.session.scalars(db.select(Invitation))}
    assert desk.post(f"/clinic/invitations/{given[CAST['therapist'][1]]}/withdraw").status_code == 404
    assert desk.post(f"/clinic/invitations/{given[ANA[1]]}/withdraw").status_code == 302


def test_whom_it_invites_is_in_the_care_of_who_was_named_and_never_in_its_own(app, desk):
    new = {"code": "KT-2001", "name": "Dana Moss", "email": "dana@here.test", "language": "en"}
    new |= {"birth_date": "1991-05-06", "phone": "", "clinician": CAST["clinician"][1], "therapist": ""}
    assert desk.post("/clinic/invitations/patient", data=new).status_code == 200
    for nobody in (CAST["front-desk"][1], CAST["manager"][1], CAST["stranger"][1]):
        others = {**new, "code": "KT-2002", "email": "eve@here.test", "clinician": nobody}
        assert desk.post("/clinic/invitations/patient", data=others).status_code == 422


def test_each_look_of_the_desk_and_each_sheet_is_in_the_trail(app, desk, lived, audit):
    desk.get("/clinic/sessions")
    desk.post("/clinic/invitations/again", data={"whose": "KT-1002"})
    desk.get("/clinic/invitations")
    rows = [row for row in audit() if row.person_id == CAST["front-desk"][1]]
    assert [(row.action, row.what, row.patients, row.role) for row in rows] == [
        ("read", "sessions", [ANA[1]], "front-desk"),
        ("write", "invitations", [BO[1]], "front-desk"),
        ("read", "invitations", [BO[1]], "front-desk"),
    ]
    assert {row.clinic_id for row in rows} == {CLINIC}


def test_its_own_account_shows_its_own_and_no_patients(desk, signed_in):
    signed_in("ana")
    page = desk.get("/account").text
    assert (CAST["front-desk"][3] in page, ANA[3] in page) == (True, False)
    assert desk.get("/account/looks").status_code == 403
    assert desk.get("/reminders").status_code == 403
    assert desk.get("/me").get_json()["role"] == "front-desk"
