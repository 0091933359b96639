"""A clinician opens a record in an emergency: with a reason, for some hours, and told to everyone concerned."""

from __future__ import annotations

import re
from datetime import date

import pytest
from sqlalchemy import select

from pwa.accounts.reading import reader
from pwa.clinic.queries.patient import SHARED
from pwa.notices.words import message
from pwa.records import Alert, CareTeam, Emergency, JournalEntry, Notice, Patient, Person, db
from tests.accounts.test_taking_over import wants_pushes
from tests.accounts.test_terms import sync
from tests.clinic.conftest import ANA, plain
from tests.clinic.test_hidden import NOTE, OTHER, told, turns
from tests.conftest import CAST, CLINIC, PASSWORD

__all__ = ["told", "turns"]

HER_TEAM = ("clinician", "therapist")
BO, MANAGER = CAST["another-patient"][1], CAST["manager"][1]
A_PATIENT = f"/clinic/patients/{ANA}"
REASON = "Brought in by ambulance, nobody of her team can be reached."
MINE, THERAPISTS, TEAMS = "the blue gate was open", "the kitchen at night", "the walk was good"


@pytest.fixture
def journal(says):
    for text, audience in ((MINE, "me"), (THERAPISTS, "therapist"), (TEAMS, "care-team")):
        says("ana", "journal", {"text": text, "audience": audience})
        says("ana", "safety-plan", {"helps": f"plan of {text}", "audience": audience})


@pytest.fixture
def stranger_here(signed_in):
    """A clinician of the same clinic who is on nobody's team but Bo's."""
    return signed_in("another-clinician")


def opens(browser, who="kt-1001", reason=REASON, birth_date="1988-03-01"):
    return browser.post("/clinic/emergency", data={"who": who, "birth_date": birth_date, "reason": reason})


@pytest.mark.parametrize("who", ["kt-1001", " KT-1001 ", "Ana", "ana"])
def test_a_record_is_opened_by_code_or_name_to_a_clinician_of_the_clinic(stranger_here, told, who):
    assert stranger_here.get(A_PATIENT).status_code == 404
    assert opens(stranger_here, who).headers["Location"] == A_PATIENT
    page = plain(stranger_here.get(A_PATIENT).text)
    assert NOTE in page
    assert OTHER in page
    assert "Open to you in an emergency, until today 14:00." in page


@pytest.mark.parametrize("who", ["Ines Hebert", "hébert  inès", "He\u0301bert Ines", "HEBERT-INES", "KT1001"])
def test_in_a_hurry_a_name_or_code_need_not_be_spelt_as_it_is_kept(app, stranger_here, told, who):
    with app.app_context():
        db.session.get_one(Person, (CLINIC, ANA)).name = "Inès Hébert"
        db.session.commit()
        db.session.remove()
    assert opens(stranger_here, who, birth_date="1988-03-02").status_code == 422
    assert opens(stranger_here, who).headers["Location"] == A_PATIENT


def test_it_opens_what_is_hidden_from_clinicians_on_the_team_too(signed_in, told, turns):
    for part in ("check-ins", "effects"):
        turns("hide", part, "clinician")
    clinician = signed_in("clinician")
    assert NOTE not in clinician.get(A_PATIENT).text
    assert "/clinic/emergency?code=KT-1001" in clinician.get(A_PATIENT).text
    opens(clinician)
    page = plain(clinician.get(A_PATIENT).text)
    assert NOTE in page
    assert OTHER in page
    assert "Hidden from you" not in page


def test_it_never_opens_what_is_shared_with_nobody_nor_what_is_the_therapists(app, stranger_here, signed_in, journal):
    for browser, who in ((stranger_here, "another-clinician"), (signed_in("clinician"), "clinician")):
        opens(browser)
        pages = [browser.get(path).text for path in (A_PATIENT, f"{A_PATIENT}/journal", f"{A_PATIENT}/summary")]
        with app.app_context():
            entries = {one.text: one for one in db.session.scalars(select(JournalEntry))}
            asked = {**reader(db.session.get_one(Person, CAST[who][:2])), "clinic": CLINIC, "patient": ANA}
            assert [one.text for one in db.session.scalars(SHARED, asked)] == [TEAMS]
        for text in (MINE, THERAPISTS):
            assert not any(text in page for page in pages), text
            assert browser.get(f"{A_PATIENT}/journal/{entries[text].record}").status_code == 404
        assert TEAMS in pages[1]


def test_it_ends_by_itself_and_can_be_ended_before(app, clock, stranger_here, told):
    opens(stranger_here)
    clock.forward(hours=3, minutes=59)
    assert stranger_here.get(A_PATIENT).status_code == 200
    clock.forward(minutes=1)
    assert stranger_here.get(A_PATIENT).status_code == 404
    stranger_here.post("/account/prove", data={"password": PASSWORD})
    opens(stranger_here)
    with app.app_context():
        last = db.session.scalars(select(Emergency.id).order_by(Emergency.at.desc())).first()
    assert stranger_here.post(f"/clinic/emergency/{last}/end").status_code == 302
    for path in (A_PATIENT, f"{A_PATIENT}/journal", f"{A_PATIENT}/summary", f"{A_PATIENT}/notes"):
        assert stranger_here.get(path).status_code == 404
    assert stranger_here.post(f"/clinic/emergency/{last}/end").status_code == 404


def test_patient_managers_and_her_care_team_are_told_once_without_a_word_of_it(app, stranger_here, told):
    opens(stranger_here)
    opens(stranger_here)
    with app.app_context():
        sent = db.session.scalars(select(Notice).where(Notice.what.in_(("looked", "emergency")))).all()
        assert sorted((one.what, one.person_id, one.channel) for one in sent) == sorted(
            [("looked", ANA, "mail"), *(("emergency", CAST[one][1], "mail") for one in (*HER_TEAM, "manager"))]
        )
        with app.test_request_context():
            said = {one.person_id: message(one, db.session.get_one(Person, (CLINIC, one.person_id))) for one in sent}
    for word in ("ambulance", "KT-1001", "another-clinician", NOTE):
        assert word not in " ".join(one.body for one in said.values()), word
    assert "used emergency access to open your record" in said[ANA].text
    assert "Emergency access was used for a patient of yours." in said[CAST["therapist"][1]].text
    assert "audit trail" in said[MANAGER].text


def test_she_is_told_by_push_too_where_she_asked_for_it(app, clock, signed_in, stranger_here, told):
    signed_in("ana")
    wants_pushes(app, clock)
    opens(stranger_here)
    with app.app_context():
        ways = db.session.scalars(select(Notice.channel).where(Notice.what == "looked")).all()
    assert sorted(ways) == ["mail", "push"]


def test_her_care_team_reads_who_opened_it_on_the_list_of_patients_and_others_do_not(
    signed_in, stranger_here, told, clock, audit
):
    opens(stranger_here)
    for who in HER_TEAM:
        page = plain(signed_in(who).get("/clinic/").text)
        assert "Opened in an emergency 1 time in 7 days ana : another-clinician, from today 10:00 to today" in page
        assert "ambulance" not in page
        assert (audit()[-1].what, audit()[-1].patients) == ("patients", [ANA])
    assert "Opened in an emergency" not in stranger_here.get("/clinic/").text
    opens(signed_in("clinician"), "KT-1002", birth_date="1988-03-02")
    assert "another-patient : clinician, from" in plain(stranger_here.get("/clinic/").text)
    assert "another-patient" not in signed_in("therapist").get("/clinic/").text
    clock.forward(hours=7 * 24)
    assert "Opened in an emergency" not in signed_in("clinician").get("/clinic/").text


def test_today_leads_her_there_until_she_has_seen_it(app, signed_in, stranger_here, told):
    ana = signed_in("ana")
    assert "asks" not in sync(app, ana)
    assert ana.get("/account/emergency").headers["Location"] == "/en/"
    opens(stranger_here)
    assert sync(app, ana)["asks"] == "account/emergency"
    page = ana.get("/account/emergency?next=/en/").text
    assert f"another-clinician , clinician {REASON}" in plain(page)
    newest = re.search(r'name="newest"[^>]*value="([^"]+)"', page)[1]
    for nonsense in ("", "x", f"{newest}\0"):
        assert ana.post("/account/emergency", data={"newest": nonsense}).status_code == 422
    assert sync(app, ana)["asks"] == "account/emergency"
    assert ana.post("/account/emergency?next=/en/", data={"newest": newest}).headers["Location"] == "/en/"
    assert "asks" not in sync(app, ana)


def test_one_that_came_after_the_page_was_shown_is_not_taken_as_seen(app, clock, signed_in, stranger_here, told):
    ana = signed_in("ana")
    opens(stranger_here)
    first = re.search(r'name="newest"[^>]*value="([^"]+)"', ana.get("/account/emergency").text)[1]
    clock.forward(hours=5)
    opens(signed_in("another-clinician"), reason="Brought in once more tonight")
    again = plain(ana.post("/account/emergency", data={"newest": first}).text)
    assert "once more tonight" in again
    assert "ambulance" not in again
    assert sync(app, ana)["asks"] == "account/emergency"


def test_nobody_says_for_her_that_she_has_seen_it(app, signed_in, stranger_here, told):
    opens(stranger_here)
    for who in ("another-patient", "clinician", "another-clinician"):
        signed_in(who).post("/account/emergency", data={"newest": "ffffffff-ffff-4fff-bfff-ffffffffffff"})
    assert sync(app, signed_in("ana"))["asks"] == "account/emergency"


@pytest.mark.parametrize("reason", [".", "...........", "emergency!", "a b", "a 1234567890", "urgenturgenturgent"])
def test_a_reason_is_a_few_words_and_the_page_says_so_kindly(app, stranger_here, told, reason):
    answer = opens(stranger_here, reason=reason)
    assert (answer.status_code, "Say it in a few words" in answer.text) == (422, True)
    with app.app_context():
        assert db.session.scalars(select(Emergency)).all() == []


def test_the_patient_reads_who_opened_it_until_when_and_why_and_what_was_looked_at(signed_in, stranger_here, told):
    opens(stranger_here)
    stranger_here.get(A_PATIENT)
    page = plain(signed_in("ana").get("/account/looks").text)
    assert f"another-clinician , clinician {REASON} Fri 20 Nov 2026, 10:00 to Fri 20 Nov 2026, 14:00" in page
    assert "looked at: your page: how you are, side effects, sessions (in an emergency)" in page.replace(" :", ":")
    assert "Opened in an emergency" not in plain(signed_in("another-patient").get("/account/looks").text)


def test_whoever_else_stands_on_a_page_was_not_read_for_it(app, signed_in, told, turns, audit):
    """Ana and Bo are both treated by who opens Ana's record in an emergency; the list shows both."""
    with app.app_context():
        clinician = CAST["clinician"][1]
        db.session.add(CareTeam(clinic_id=CLINIC, patient_id=BO, person_id=clinician, role="clinician"))
        db.session.commit()
    turns("hide", "effects", "clinician")
    browser = signed_in("clinician")
    opens(browser)
    browser.get("/clinic/")
    rows = [(row.patients, row.why) for row in audit() if row.what == "patients"]
    assert rows == [([BO], "care"), ([ANA], "emergency")]
    bo = plain(signed_in("another-patient").get("/account/looks").text)
    assert "looked at: the list of patients" in bo
    assert "(in an emergency)" not in bo
    assert "(in an emergency)" in plain(signed_in("ana").get("/account/looks").text)


def test_each_alert_on_the_page_stands_in_the_row_of_its_patient(app, stranger_here, says, audit):
    for who in ("ana", "another-patient"):
        says(who, "check-in", {"mood": 1, "thoughts": "often"})
    with app.app_context():
        alerts = {(one.patient_id, one.id) for one in db.session.scalars(select(Alert))}
    opens(stranger_here)
    stranger_here.get("/clinic/triage")
    rows = {row.why: row for row in audit() if row.what == "alerts"}
    assert (rows["care"].patients, rows["emergency"].patients) == ([BO], [ANA])
    for row in rows.values():
        assert {(row.patients[0], one) for one in row.records} == {one for one in alerts if one[0] == row.patients[0]}


def test_a_manager_finds_it_with_its_reason_beside_the_trail(signed_in, stranger_here, told):
    manager = signed_in("manager")
    assert "Opened in an emergency" not in manager.get("/clinic/audit").text
    opens(stranger_here)
    page = plain(manager.get("/clinic/audit").text)
    assert f"Today 10:00 Today 14:00 another-clinician KT-1001 {REASON}" in page
    assert "Emergency access" in plain(manager.get("/clinic/audit?what=emergency").text)


def test_every_look_meanwhile_is_kept_as_one_in_an_emergency_and_no_other(clock, signed_in, stranger_here, told, audit):
    opens(stranger_here)
    for path in ("", "/journal", "/summary", "/notes"):
        stranger_here.get(A_PATIENT + path)
    assert [row.why for row in audit()[-5:]] == ["emergency"] * 5
    assert (audit()[-5].what, audit()[-5].action, audit()[-5].patients) == ("emergency", "write", [ANA])
    stranger_here.get(f"/clinic/patients/{BO}")
    signed_in("clinician").get(A_PATIENT)
    assert [row.why for row in audit()[-2:]] == ["care", "care"]


def test_nothing_is_opened_without_a_reason_nor_for_who_is_not_there(app, stranger_here, told):
    for typed in (
        {"reason": ""},
        {"reason": "   "},
        {"who": "KT-9999"},
        {"who": ""},
        {"birth_date": ""},
        {"who": "KT-1003", "birth_date": "1988-03-03"},
        {"who": "cy", "birth_date": "1988-03-03"},
    ):
        assert opens(stranger_here, **typed).status_code == 422, typed
    with app.app_context():
        assert db.session.scalars(select(Emergency)).all() == []


def test_who_guesses_a_code_or_a_birth_date_does_not_learn_whether_somebody_is_a_patient(stranger_here, told):
    wrong = ({"birth_date": "1988-03-02"}, {"who": "KT-9999"}, {"who": "Nobody"}, {"birth_date": "1950-01-01"})
    said = [re.sub(r'value="[^"]*"', "", opens(stranger_here, **typed).text) for typed in wrong]
    assert len(set(said)) == 1
    assert "Nobody of this clinic has this code or name and this birth date." in said[0]


def test_a_manager_sees_each_try_that_found_nobody(signed_in, stranger_here, told, audit):
    opens(stranger_here, birth_date="1988-03-02")
    row = audit()[-1]
    assert (row.action, row.what, row.patients, row.why) == ("read", "emergency-missed", [], "emergency")
    page = plain(signed_in("manager").get("/clinic/audit?what=emergency-missed").text)
    assert "another-clinician Emergency access tried, nobody found read emergency" in page


def test_whoever_tries_too_often_waits_and_may_open_again_then(clock, stranger_here, told):
    for n in range(10):
        assert opens(stranger_here, f"KT-9{n:03}").status_code == 422
    refused = opens(stranger_here)
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "901")
    assert "Wait 15 minutes" in refused.text
    clock.forward(minutes=16)
    assert stranger_here.post("/account/prove", data={"password": PASSWORD}).status_code == 302
    for _ in range(12):  # what is right is not counted
        assert opens(stranger_here).status_code == 302


def test_of_two_with_one_name_neither_is_opened(app, stranger_here, told):
    with app.app_context():
        db.session.get_one(Person, (CLINIC, BO)).name = "ana"
        db.session.get_one(Patient, (CLINIC, BO)).birth_date = date(1988, 3, 1)
        db.session.commit()
    assert "Several people have this name." in opens(stranger_here, "ana").text
    assert "Several people have this name." in opens(stranger_here, "Aná").text


def test_it_is_a_clinicians_and_opens_to_this_one_alone(signed_in, stranger_here, told, turns):
    for who in ("therapist", "manager", "front-desk", "ana"):
        assert opens(signed_in(who)).status_code == 403, who
    turns("hide", "check-ins", "clinician")
    opens(stranger_here)
    assert NOTE in stranger_here.get(A_PATIENT).text
    assert NOTE not in signed_in("clinician").get(A_PATIENT).text
    assert "KT-1001" not in stranger_here.get("/clinic/").text, "a list is of one's own patients"


def test_where_nothing_is_closed_nothing_is_opened(app, signed_in, told):
    assert opens(signed_in("clinician")).headers["Location"] == A_PATIENT
    with app.app_context():
        assert db.session.scalars(select(Emergency)).all() == []


TYPED = {"record": "00000000-0000-4000-8000-000000000099", "edition": "0", "text": "Two litres of saline, then stable."}


def test_meanwhile_no_form_is_offered_that_could_not_be_saved(stranger_here, signed_in, told):
    opens(stranger_here)
    page = stranger_here.get(A_PATIENT).text
    for door in ("/treatments/new", "/course", "/events/new"):
        assert door not in page, door
        assert stranger_here.get(A_PATIENT + door).status_code == 404
        assert signed_in("clinician").get(A_PATIENT + door).status_code == 200


def test_what_was_done_is_written_down_as_a_note_that_is_marked_for_everyone(stranger_here, signed_in, told, audit):
    opens(stranger_here)
    assert "Add note" in stranger_here.get(A_PATIENT).text
    assert stranger_here.post(f"{A_PATIENT}/notes", data=TYPED).headers["Location"] == f"{A_PATIENT}#notes"
    assert (audit()[-1].what, audit()[-1].action, audit()[-1].why) == ("note", "write", "emergency")
    team = signed_in("clinician")
    assert f"another-clinician today 10:00 (in an emergency) {TYPED['text']}" in plain(team.get(A_PATIENT).text)
    team.post(f"{A_PATIENT}/notes", data=TYPED | {"record": TYPED["record"][:-1] + "8", "text": "As ever."})
    assert "(in an emergency) As ever." not in plain(team.get(A_PATIENT).text)


def test_a_note_that_was_begun_in_one_is_kept_until_a_day_after_and_opens_nothing(
    stranger_here, signed_in, told, clock, audit
):
    opens(stranger_here)
    clock.forward(hours=27, minutes=59)
    later = signed_in("another-clinician")
    kept = later.post(f"{A_PATIENT}/notes", data=TYPED)
    assert kept.headers["Location"] == "/clinic/?noted=yes"
    assert (audit()[-1].what, audit()[-1].why) == ("note", "emergency")
    assert "Your note is kept." in later.get("/clinic/?noted=yes").text
    assert later.get(f"{A_PATIENT}/notes").status_code == 404
    assert later.post(f"{A_PATIENT}/notes", data=TYPED | {"text": ""}).status_code == 404, "nor by a wrong one"
    clock.forward(minutes=1)
    late = TYPED | {"record": TYPED["record"][:-1] + "7"}
    assert later.post(f"{A_PATIENT}/notes", data=late).status_code == 404
    assert "(in an emergency)" in plain(signed_in("clinician").get(A_PATIENT).text)


def test_the_reason_is_encrypted(app, stranger_here, told):
    opens(stranger_here)
    with app.app_context():
        assert b"ambulance" not in db.session.scalar(db.text("SELECT reason FROM emergency"))
