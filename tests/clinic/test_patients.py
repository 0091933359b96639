from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from sqlalchemy import update

from pwa.records import CareTeam, Patient, Person, db
from tests.clinic.conftest import ANA, plain
from tests.conftest import CAST, CLINIC, HASH, uid


@pytest.fixture
def more_patients(app, clock):
    """`more_patients(70)`: so many more for her clinician."""

    def make(count):
        with app.app_context():
            for n in range(count):
                id_ = uid(1000 + n)
                person = {"clinic_id": CLINIC, "id": id_}
                db.session.add(Person(**person, role="patient", name=f"P {n}", password_hash=HASH, created_at=clock()))
                db.session.flush()
                db.session.add(Patient(**person, code=f"KT-{2000 + n}", birth_date=date(1990, 1, 1)))
                db.session.flush()
                member = CAST["clinician"][1]
                db.session.add(CareTeam(clinic_id=CLINIC, patient_id=id_, person_id=member, role="clinician"))
            db.session.commit()

    return make


def test_the_list_shows_ones_own_patients_and_nobody_elses(signed_in):
    page = signed_in("clinician").get("/clinic/").text
    assert "KT-1001" in page
    assert "KT-1002" not in page


def test_beside_the_code_stands_who_it_is(app, signed_in):
    with app.app_context():
        db.session.execute(update(Patient).where(Patient.id == ANA).values(may_leave_message=True))
        db.session.commit()
    page = plain(signed_in("clinician").get("/clinic/").text)
    for words in ("ana", "born 1 Mar 1988 (38)", "English", "416-555-0101 may leave a message"):
        assert words in page


def test_one_switch_hides_all_that_tells_who_it_is_on_every_page(signed_in, treated):
    treated(days=-1, status="planned")
    browser = signed_in("clinician")
    answer = browser.post("/clinic/names", data={"names": "hide", "back": "/clinic/sessions"})
    assert answer.headers["Location"] == "/clinic/sessions"
    for path in ("/clinic/", f"/clinic/patients/{ANA}", "/clinic/sessions", f"/clinic/patients/{ANA}/treatments/new"):
        page = browser.get(path).text
        assert "KT-1001" in page
        for words in (">ana<", "1988", "0101"):
            assert words not in page, path
    browser.post("/clinic/names", data={"names": "show"})
    assert "1988" in browser.get("/clinic/").text


def test_a_yes_stands_on_top_until_a_clinician_acknowledges_it(signed_in, says):
    says("ana", "check-in", {"mood": 2, "anxiety": 8, "thoughts": "often"}, late=timedelta(hours=5))
    browser = signed_in("clinician")
    page = browser.get("/clinic/").text
    assert "Thoughts: “often or hard to push away”" in plain(page)
    assert "Today 10:00 arrived today 15:00" in plain(page)
    assert "1 patient needs a person." in page
    [alert] = re.findall(r"/clinic/alerts/([0-9a-f-]+)", page)
    browser.post(f"/clinic/alerts/{alert}/acknowledge")
    page = plain(browser.get("/clinic/").text)
    assert "needs a person" not in page
    assert "acknowledged by clinician" in page


def test_a_therapist_sees_it_as_well_but_cannot_answer_it(signed_in, says):
    says("ana", "check-in", {"thoughts": "now-and-then"})
    therapist = signed_in("therapist")
    page = therapist.get(f"/clinic/patients/{ANA}").text
    assert "Nobody has acknowledged this yet." in page
    [alert] = set(re.findall(r"/clinic/alerts/([0-9a-f-]+)", page))
    assert therapist.post(f"/clinic/alerts/{alert}/acknowledge").status_code == 403
    assert "Acknowledge" not in plain(therapist.get(f"/clinic/alerts/{alert}").text)


def test_an_urge_for_more_is_not_shown_to_a_therapist(signed_in, says):
    for days in (7, 0):
        says("ana", "effects", {"effects": [{"effect": "craving", "severity": 3}]}, ago=timedelta(days=days))
    words = "A strong urge for more ketamine, again"
    assert words in signed_in("clinician").get("/clinic/triage").text
    for page in ("/clinic/triage", "/clinic/", f"/clinic/patients/{ANA}"):
        assert words not in signed_in("therapist").get(page).text, page


def test_nor_are_her_answers_about_it_or_that_she_took_more(signed_in, says, treated):
    dose = treated(days=2).record
    said = [{"effect": one, "severity": 3} for one in ("craving", "took-more", "fatigue")]
    says("ana", "effects", {"treatment": dose, "window": "week", "effects": said})
    says("ana", "effects", {"checks": ["urges"], "effects": [{"effect": one["effect"], "severity": 0} for one in said]})
    hidden = ("A strong urge for more ketamine", "Took more, or sooner, than planned", "took more, or sooner")
    page = f"/clinic/patients/{ANA}"
    assert all(words in signed_in("clinician").get(page).text for words in hidden)
    for where in (page, "/clinic/triage", "/clinic/"):
        text = signed_in("therapist").get(where).text
        assert not [words for words in hidden if words in text], where
    assert "Very tired" in signed_in("therapist").get(page).text


def test_what_is_so_or_not_is_said_with_yes(signed_in, says):
    says("ana", "effects", {"checks": ["changes"], "effects": [{"effect": "breastfeeding", "severity": 1}]})
    assert "Breastfeeding: Yes" in plain(signed_in("clinician").get(f"/clinic/patients/{ANA}").text)


def test_changing_or_taking_back_the_answer_leaves_it_standing(signed_in, says):
    first = says("ana", "check-in", {"mood": 3, "thoughts": "often"})
    says("ana", "check-in", None, record=first.record, parents=[first.id])
    browser = signed_in("clinician")
    assert "often or hard to push away" in browser.get("/clinic/").text
    assert "has changed or taken back this answer" in browser.get(f"/clinic/patients/{ANA}").text


def test_a_no_raises_nothing(signed_in, says):
    says("ana", "check-in", {"thoughts": "no"})
    assert "Need a person" not in signed_in("clinician").get("/clinic/").text


def test_looking_is_not_acknowledging(signed_in, says):
    says("ana", "check-in", {"thoughts": "often"})
    browser = signed_in("clinician")
    browser.get(f"/clinic/patients/{ANA}")
    assert "1 patient needs a person." in browser.get("/clinic/").text
    assert browser.head(f"/clinic/patients/{ANA}").status_code == 405


def test_the_list_goes_by_alerts_then_by_the_next_treatment(signed_in, says, treated, more_patients):
    more_patients(3)
    browser = signed_in("clinician")

    def codes():
        page = browser.get("/clinic/").text
        return sorted(("KT-1001", "KT-2000", "KT-2001", "KT-2002"), key=lambda code: page.index(f">{code}<"))

    assert codes()[0] == "KT-1001"
    CAST["p1"] = (CLINIC, uid(1001), "patient", "")
    try:
        treated(days=-2, who="p1", status="planned")
        assert codes() == ["KT-2001", "KT-1001", "KT-2000", "KT-2002"]
        says("ana", "check-in", {"thoughts": "now-and-then"})
        assert codes()[0] == "KT-1001"
    finally:
        del CAST["p1"]


def test_fifty_stand_on_a_page(signed_in, more_patients):
    more_patients(70)
    browser = signed_in("clinician")
    first, second = browser.get("/clinic/").text, browser.get("/clinic/?page=2").text
    assert first.count('class="row') == 50
    assert second.count('class="row') == 21
    assert "71 patients of yours." in first
    assert "Page 2 of 2" in second
    assert browser.get("/clinic/?page=3").status_code == 404
    for odd in ("0", "-1", "x", "²", "9" * 30):
        assert browser.get(f"/clinic/?page={odd}").status_code in (200, 404)


@pytest.mark.parametrize(
    ("text", "found"),
    [("1001", True), ("kt-100", True), ("%", False), ("2", False), ("\0", True), ("ANA", True), ("anna", False)],
)
def test_a_patient_is_found_by_a_part_of_the_code_or_the_name(signed_in, text, found):
    page = signed_in("clinician").post("/clinic/", data={"code": text})
    assert page.status_code == 200
    assert (">KT-1001<" in page.text) == found


@pytest.mark.parametrize("text", ["ines", "HÉBERT in", "hebert-roy", "Roy, Ine\u0300s", "kt1001"])
def test_a_name_is_found_as_it_is_typed_in_a_hurry(app, signed_in, text):
    with app.app_context():
        db.session.get_one(Person, CAST["ana"][:2]).name = "Inès Hébert-Roy"
        db.session.commit()
        db.session.remove()
    assert ">KT-1001<" in signed_in("clinician").post("/clinic/", data={"code": text}).text
    assert "Inès" in signed_in("manager").post("/clinic/people", data={"code": text}).text


def test_a_name_finds_nobody_of_somebody_elses(signed_in):
    assert ">KT-1001<" not in signed_in("another-clinician").post("/clinic/", data={"code": "ana"}).text


def test_what_is_searched_for_stands_in_no_address_and_is_turned_as_a_form(signed_in, audit, more_patients):
    more_patients(60)
    browser = signed_in("clinician")
    first, second = (browser.post("/clinic/", data={"code": "kt-", "page": page}).text for page in ("1", "2"))
    assert (first.count('class="row'), second.count('class="row')) == (50, 11)
    assert [len(row.patients) for row in audit()] == [50, 11]
    for page in (first, second):
        assert not re.search(r'(href|action)="[^"]*kt-"', page)
        assert all(
            'method="post"' in form for form in re.findall(r"<form.*?</form>", page, re.S) if 'name="code"' in form
        )


def test_the_audit_row_names_those_who_were_shown(signed_in, audit, more_patients):
    more_patients(60)
    signed_in("clinician").get("/clinic/?page=2")
    [row] = audit()
    assert (row.action, row.what, len(row.patients)) == ("read", "patients", 11)


def test_what_is_asked_of_the_database_does_not_grow_with_the_patients(
    signed_in, says, treated, statements, more_patients
):
    browser = signed_in("clinician")
    says("ana", "check-in", {"mood": 4, "thoughts": "often"})
    treated(days=1)
    few = statements(browser, "/clinic/")
    more_patients(60)
    assert statements(browser, "/clinic/") <= few
    assert few < 26  # three of them write the row of the audit trail


def test_the_course_and_the_last_check_in_stand_in_the_line(signed_in, says, treated):
    course = {"phase": "induction", "route": "iv", "planned": 6, "started": "2026-11-10"}
    says("ana", "course", course, by="clinician")
    treated(days=3, number=2, of=6)
    treated(days=-3, status="planned", number=3, of=6)
    says("ana", "check-in", {"mood": 6}, ago=timedelta(days=1))
    page = plain(signed_in("clinician").get("/clinic/").text)
    assert "induction, 2 of 6" in page
    assert "Yesterday 10:00" in page
    assert "Mon 23 Nov 10:00 session 3 of 6" in page
