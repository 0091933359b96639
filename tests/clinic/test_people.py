from __future__ import annotations

import re

import pytest

from pwa.records import Clinic, Person, Responder, db
from tests.clinic.conftest import plain
from tests.conftest import CAST, CLINIC, PASSWORD, uid

ANA = CAST["ana"]


def test_a_manager_sees_everyone_of_the_clinic_with_role_and_open_sign_ins(signed_in):
    signed_in("ana")
    page = plain(signed_in("manager").get("/clinic/people").text)
    assert "ana KT-1001 Correct Patient Care team ana@here.test in 1 browser" in page
    assert "therapist Correct Therapist Hand over 1 patient therapist@here.test no" in page
    assert "Hill" not in page
    assert "stranger" not in page


def test_a_manager_reads_no_answers(signed_in, says):
    says("ana", "check-in", {"mood": 2, "thoughts": "often", "note": "only for my team"})
    browser = signed_in("manager")
    for path in ("/clinic/people", "/clinic/"):
        page = browser.get(path, follow_redirects=True).text
        assert "only for my team" not in page
        assert "often" not in page


def test_signing_out_everywhere_reaches_every_browser_and_is_audited(signed_in, audit):
    browsers = [signed_in("therapist"), signed_in("therapist")]
    manager = signed_in("manager")
    manager.post(f"/clinic/people/{CAST['therapist'][1]}/sign-out")
    assert {browser.get("/me").status_code for browser in browsers} == {401}
    [row] = audit()
    assert (row.action, row.what, row.patients, row.records) == ("write", "sign-ins", [], [CAST["therapist"][1]])


def test_who_was_signed_out_signs_in_again(signed_in):
    ana = signed_in("ana")
    signed_in("manager").post(f"/clinic/people/{ANA[1]}/sign-out")
    assert ana.post("/sign-in", data={"clinic": ANA[0], "email": ANA[3], "password": PASSWORD}).status_code == 302
    assert ana.get("/me").status_code == 200


def test_a_sign_in_that_ran_out_counts_no_more(signed_in, clock):
    signed_in("clinician")
    clock.forward(hours=13)
    assert "clinician@here.test no" in plain(signed_in("manager").get("/clinic/people").text)


def test_people_are_found_by_name_or_code(signed_in, audit):
    manager = signed_in("manager")
    page = plain(manager.post("/clinic/people", data={"code": "kt-1002"}).text)
    assert "another-patient" in page
    assert "ana@here.test" not in page
    assert [(row.what, row.patients) for row in audit()] == [("people", [CAST["another-patient"][1]])]
    assert "Nobody here has such a name" in manager.post("/clinic/people", data={"code": "%"}).text


def test_a_name_that_is_searched_for_stands_in_no_address(app, signed_in, clock):
    manager = signed_in("manager")
    with app.app_context():
        for n in range(60):
            hill = {"role": "front-desk", "name": f"Hill {n:02}", "language": "en", "created_at": clock()}
            db.session.add(Person(clinic_id=CLINIC, id=uid(500 + n), **hill))
        db.session.commit()
    pages = [manager.post("/clinic/people", data={"code": "hill", "page": page}).text for page in ("1", "2")]
    assert ["Hill 00" in pages[0], "Hill 59" in pages[0], "Hill 00" in pages[1], "Hill 59" in pages[1]] == [1, 0, 0, 1]
    for page in pages:
        assert not re.search(r'(href|action)="[^"]*hill', page, re.I)
        for form in re.findall(r"<form.*?</form>", page, re.S):
            assert 'name="code"' not in form or 'method="post"' in form
    assert "manager@here.test" in manager.get("/clinic/people?code=hill").text


def test_the_only_one_who_answers_is_not_closed(app, signed_in):
    only, other = CAST["clinician"][1], CAST["another-clinician"][1]
    with app.app_context():
        db.session.add(Responder(clinic_id=CLINIC, place=1, person_id=only))
        db.session.commit()
        db.session.remove()
    manager = signed_in("manager")
    refused = manager.post(f"/clinic/people/{only}/close")
    assert (refused.status_code, "Nobody else answers" in refused.text) == (409, True)
    with app.app_context():
        db.session.add(Responder(clinic_id=CLINIC, place=2, person_id=other))
        db.session.commit()
        db.session.remove()
    assert manager.post(f"/clinic/people/{only}/close").status_code == 302
    assert manager.post(f"/clinic/people/{other}/close").status_code == 409


def test_a_sign_in_that_ended_because_nobody_used_it_is_open_nowhere(app, signed_in, clock):
    with app.app_context():
        db.session.get_one(Clinic, CLINIC).idle_minutes = 15
        db.session.commit()
    signed_in("therapist")
    signed_in("ana")
    clock.forward(minutes=16)
    people = plain(signed_in("manager").get("/clinic/people").text)
    assert "therapist@here.test no" in people
    assert "ana@here.test in 1 browser" in people
    again = signed_in("therapist").get("/account").text
    assert again.count("last used") == 1


@pytest.mark.parametrize("who", ["front-desk", "clinician", "manager"])
def test_a_lost_phone_is_signed_out_by_whoever_may_correct_its_patient(signed_in, audit, who):
    ana, member = signed_in("ana"), signed_in(who)
    assert "Sign out everywhere" in member.get(f"/clinic/people/{ANA[1]}/correct").text
    assert member.post(f"/clinic/people/{ANA[1]}/sign-out").status_code == 302
    assert ana.get("/me").status_code == 401
    assert [(row.role, row.patients) for row in audit("out")] == [(who, [ANA[1]])]
    assert (audit()[-1].what, audit()[-1].action, audit()[-1].role) == ("sign-ins", "write", who)


@pytest.mark.parametrize(
    ("who", "whom"),
    [
        ("front-desk", "clinician"),
        ("clinician", "another-patient"),
        ("front-desk", "patient-elsewhere"),
        ("therapist", "ana"),
    ],
)
def test_nobody_is_signed_out_by_who_may_not_correct_them(signed_in, who, whom):
    theirs, member = signed_in(whom), signed_in(who)
    assert member.post(f"/clinic/people/{CAST[whom][1]}/sign-out").status_code in (403, 404)
    assert theirs.get("/me").status_code == 200
