"""Triage as the server writes it; tests/browser/test_triage.py works through it."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from pwa.clinic.queries import alerts
from pwa.notices.silence import listen
from pwa.records import Alert, CareTeam, Responder, db
from tests.clinic.conftest import ANA, plain
from tests.conftest import CAST, CLINIC

TRIAGE = "/clinic/triage"
BO = CAST["another-patient"][1]


@pytest.fixture
def also_treats_bo(app):
    with app.app_context():
        member = {"person_id": CAST["clinician"][1], "role": "clinician"}
        db.session.add(CareTeam(clinic_id=CLINIC, patient_id=BO, **member))
        db.session.commit()
        db.session.remove()


def answers(app, who):
    with app.app_context():
        db.session.add(Responder(clinic_id=CLINIC, place=1, person_id=CAST[who][1]))
        db.session.commit()
        db.session.remove()


def row_of(page, code):
    return plain(next(row for row in re.findall(r'<li class="row.*?</li>', page, re.S) if f">{code}<" in row))


def test_every_row_says_when_it_was_written_and_when_it_arrived(signed_in, says, also_treats_bo):
    says("ana", "check-in", {"thoughts": "often"}, ago=timedelta(hours=1))
    says("another-patient", "check-in", {"thoughts": "often"}, ago=timedelta(hours=30), late=timedelta(hours=29))
    page = signed_in("clinician").get(TRIAGE).text
    assert "Written Today 09:00 arrived 09:00" in row_of(page, "KT-1001")
    assert "Written Yesterday 04:00 arrived today 09:00" in row_of(page, "KT-1002")


def test_a_yes_to_the_question_about_thoughts_stands_on_top_of_all_until_somebody_acknowledges_it(
    app, signed_in, says, also_treats_bo
):
    browser = signed_in("clinician")
    says("ana", "effects", {"effects": [{"effect": "chest-pain", "severity": 2}]}, ago=timedelta(days=2))
    says("ana", "call", {"asked": True}, ago=timedelta(days=1))
    says("ana", "check-in", {"thoughts": "rather-not-say"}, ago=timedelta(hours=1))
    says("another-patient", "check-in", {"thoughts": "now-and-then"})
    assert bands(browser) == [
        ("Yes to the question about thoughts", ["KT-1002"]),
        ("Urgent", ["KT-1001"]),
        ("High", ["KT-1001"]),
        ("Watch", ["KT-1001"]),
    ]
    with app.app_context():
        alert = db.session.scalars(select(Alert.id).where(Alert.patient_id == BO)).one()
        db.session.remove()
    browser.post(f"/clinic/alerts/{alert}/acknowledge")
    assert bands(browser)[1] == ("High", ["KT-1001", "KT-1002"])
    says("another-patient", "check-in", {"thoughts": "now-and-then"})
    assert bands(browser)[0] == ("Yes to the question about thoughts", ["KT-1002"])


def test_of_more_alerts_than_a_list_holds_a_yes_is_there(signed_in, says, also_treats_bo, monkeypatch):
    monkeypatch.setattr(alerts, "MOST", 1)
    says("ana", "effects", {"effects": [{"effect": "chest-pain", "severity": 2}]}, ago=timedelta(days=2))
    says("another-patient", "check-in", {"thoughts": "now-and-then"})
    assert bands(signed_in("clinician")) == [("Yes to the question about thoughts", ["KT-1002"])]


def bands(browser):
    """What stands over each part of the list, and whose alerts follow."""
    parts = browser.get(TRIAGE).text.split('<h2 class="band">')[1:]
    heads = [plain(part.split('<span class="count">')[0]).strip() for part in parts]
    whose = [re.findall(r'<span class="who"><a [^>]+>([^<]+)<', part) for part in parts]
    return list(zip(heads, whose, strict=True))


def test_what_is_written_of_an_earlier_day_says_so(signed_in, says, clock):
    says("ana", "check-in", {"thoughts": "often"}, felt=clock() - timedelta(days=1))
    page = signed_in("clinician").get(TRIAGE).text
    assert "Written Today 10:00 about yesterday arrived 10:00" in row_of(page, "KT-1001")


def test_where_silence_raised_it_the_row_says_that_nothing_was_written(app, signed_in, treated, clock):
    treated(days=1)
    with app.app_context():
        assert listen(clock()) == 1
        db.session.remove()
    assert "nothing was written" in row_of(signed_in("clinician").get(TRIAGE).text, "KT-1001")


def test_the_row_shows_mood_and_place_and_next_session(signed_in, says, treated):
    says("ana", "course", {"phase": "induction", "route": "iv", "planned": 6, "started": "2026-11-10"}, by="clinician")
    treated(days=3, number=2, of=6)
    treated(days=-3, status="planned", number=3, of=6)
    says("ana", "check-in", {"mood": 2, "thoughts": "often"})
    page = signed_in("clinician").get(TRIAGE).text
    row = row_of(page, "KT-1001")
    assert "induction, 2 of 6" in row
    assert "Mon 23 Nov 10:00 session 3 of 6" in row
    assert "Mood over 14 days: lowest 2, highest 2" in page


def test_who_answers_for_the_clinic_sees_no_mood_of_a_patient_whom_others_treat(app, signed_in, says):
    answers(app, "another-clinician")
    says("ana", "check-in", {"mood": 2, "thoughts": "often"})
    browser = signed_in("another-clinician")
    page = browser.get(TRIAGE).text
    assert "Yes" not in row_of(page, "KT-1001")
    assert "Mood 2" not in row_of(page, "KT-1001")
    assert "Mood 2" in row_of(signed_in("clinician").get(TRIAGE).text, "KT-1001")
    assert 'class="spark"' not in page
    [alert] = set(re.findall(r"/clinic/alerts/([0-9a-f-]{36})\"", page))
    assert f"/clinic/patients/{ANA}" not in browser.get(f"/clinic/alerts/{alert}").text
    assert f"/clinic/patients/{ANA}" in signed_in("clinician").get(f"/clinic/alerts/{alert}").text


def test_the_head_says_who_needs_a_call_what_else_is_open_and_of_whom_nothing_is(signed_in, says, also_treats_bo):
    browser = signed_in("clinician")
    assert "No alert is open. 2 patients have nothing flagged." in plain(browser.get(TRIAGE).text)
    says("ana", "check-in", {"thoughts": "often"})
    says("ana", "call", {"asked": True})
    page = plain(browser.get(TRIAGE).text)
    assert "1 needs a call now. 1 more to look at. 1 patient has nothing flagged." in page


def test_those_of_whom_nothing_is_open_stand_with_their_last_check_in(signed_in, says, audit, also_treats_bo):
    says("ana", "check-in", {"thoughts": "often"})
    says("another-patient", "check-in", {"mood": 6}, ago=timedelta(days=1))
    page = signed_in("clinician").get(f"{TRIAGE}?show=quiet").text
    assert ">KT-1001<" not in page
    assert "Last check-in Yesterday 10:00" in row_of(page, "KT-1002")
    [row] = audit()
    assert (row.action, row.what, row.patients) == ("read", "patients", [BO])


def test_whose_alert_sleeps_is_not_among_those_of_whom_nothing_is_open(app, signed_in, says):
    says("ana", "call", {"asked": True})
    browser = signed_in("clinician")
    with app.app_context():
        alert = db.session.scalars(select(Alert.id)).one()
        db.session.remove()
    browser.post(f"/clinic/alerts/{alert}/snooze", data={"hours": "4", "reason": "later"})
    assert ">KT-1001<" not in browser.get(f"{TRIAGE}?show=quiet").text
    assert "until today 14:00" in row_of(browser.get(f"{TRIAGE}?show=snoozed").text, "KT-1001")


@pytest.mark.parametrize("show", ["open", "quiet"])
@pytest.mark.parametrize(("code", "found"), [("100", True), ("kt-1001", True), ("%", False), ("2222", False)])
def test_a_list_is_searched_by_a_part_of_the_code(signed_in, says, show, code, found):
    if show == "open":
        says("ana", "check-in", {"thoughts": "often"})
    page = signed_in("clinician").get(TRIAGE, query_string={"show": show, "code": code}).text
    assert (">KT-1001<" in page) == found


def test_an_open_page_hears_in_words_what_came_since_it_was_made(signed_in, says, clock, also_treats_bo):
    browser = signed_in("clinician")
    says("ana", "check-in", {"thoughts": "now-and-then"})
    clock.forward(minutes=1)
    page = browser.get(TRIAGE).text
    [stand] = re.findall(r'data-stand="([^"]+)"', page)
    [since] = re.findall(r'data-since="([^"]+)"', page)

    def asked():
        return browser.get(f"{TRIAGE}/stand", query_string={"since": since}).json

    assert asked()["stand"] == stand
    clock.forward(minutes=1)
    says("another-patient", "check-in", {"thoughts": "often"})
    assert asked()["news"] == "1 new alert, 1 urgent"
    assert asked()["stand"] != stand
    assert browser.get(f"{TRIAGE}/stand?since=yesterday").status_code == 200


def test_what_is_asked_of_the_database_does_not_grow_with_the_alerts(
    signed_in, says, treated, statements, also_treats_bo
):
    browser = signed_in("clinician")
    says("ana", "check-in", {"mood": 4, "thoughts": "often"})
    treated(days=1)
    few = statements(browser, TRIAGE)
    for who in ("ana", "another-patient"):
        says(who, "call", {"asked": True})
        says(who, "effects", {"effects": [{"effect": "chest-pain", "severity": 3}]})
    assert statements(browser, TRIAGE) == few
    assert few < 32


def test_keys_are_named_unless_the_person_has_switched_them_off(signed_in, says):
    says("ana", "check-in", {"thoughts": "often"})
    browser = signed_in("clinician")
    assert 'aria-keyshortcuts="A"' in browser.get(TRIAGE).text
    answer = browser.post("/clinic/keys", data={"keys": "off", "back": TRIAGE})
    assert answer.headers["Location"] == TRIAGE
    assert "aria-keyshortcuts" not in signed_in("clinician").get(TRIAGE).text
    assert "aria-keyshortcuts" in signed_in("therapist").get(TRIAGE).text
    browser.post("/clinic/keys", data={"keys": "on"})
    assert "aria-keyshortcuts" in browser.get(TRIAGE).text


def test_an_urgent_alert_offers_no_snooze(signed_in, says):
    says("ana", "check-in", {"thoughts": "often"})
    assert "Snooze the alert of KT-1001" not in signed_in("clinician").get(TRIAGE).text


def test_an_alert_shows_what_was_said_and_who_was_told(app, signed_in, says, also_treats_bo):
    pain = {"effect": "bladder-pain", "severity": 2, "ongoing": True}
    says("ana", "effects", {"effects": [pain], "systolic": 188, "diastolic": 112, "pulse": 130})
    answers(app, "clinician")
    browser = signed_in("clinician")
    listed = browser.get(TRIAGE).text
    assert "Blood pressure 188/112. Pulse 130. Bladder pain: Moderate, still going" in plain(listed)
    links = set(re.findall(r'href="(/clinic/alerts/[^"#]+)"', listed))
    pages = [plain(browser.get(link).text) for link in links]
    assert pages
    for page in pages:
        assert "Blood pressure 188/112 Pulse 130 Bladder pain: Moderate, still going" in page
    assert sorted("Told to" in page for page in pages) == [False, True]
    assert sum("Nobody is told of it by mail until" in page for page in pages) == 1


def test_who_takes_an_alert_on_hands_it_to_nobody_and_it_is_told_once(app, signed_in, says):
    says("ana", "call", {"asked": True})
    with app.app_context():
        alert = db.session.scalars(select(Alert.id)).one()
    browser = signed_in("clinician")
    for _ in range(2):
        answer = browser.post(f"/clinic/alerts/{alert}/assign", data={"person": CAST["clinician"][1]})
        assert answer.status_code == 302
    page = plain(browser.get(f"/clinic/alerts/{alert}").text)
    assert page.count("clinician took it on") == 1
    assert "handed it to" not in page


def test_a_therapist_reads_no_answer_on_an_alert_that_is_not_for_therapists(signed_in, says):
    felt = [{"effect": effect, "severity": 3, "ongoing": True} for effect in ("bladder-pain", "craving")]
    says("ana", "effects", {"effects": felt})
    pages = {}
    for who in ("clinician", "therapist"):
        browser = signed_in(who)
        listed = browser.get(TRIAGE).text
        links = set(re.findall(r'href="(/clinic/alerts/[^"]+)"', listed))
        pages[who] = plain(listed) + " ".join(plain(browser.get(link).text) for link in links)
        assert "Bladder pain: Severe" in pages[who]
    assert "A strong urge for more ketamine: Severe" in pages["clinician"]
    assert "A strong urge" not in pages["therapist"]


def test_every_page_counts_the_alerts_that_are_open(app, signed_in, says, clock):
    browser = signed_in("clinician")
    count = r'id="waiting"[^>]*>(\d*)<'
    assert re.findall(count, browser.get("/clinic/").text) == [""]
    says("ana", "call", {"asked": True})
    for page in ("/clinic/", TRIAGE):
        assert re.findall(count, browser.get(page).text) == ["1"]
    with app.app_context():
        db.session.scalars(select(Alert)).one().snoozed_until = clock() + timedelta(hours=1)
        db.session.commit()
    assert re.findall(count, browser.get("/clinic/").text) == [""]


def test_whoever_has_ten_minutes_reads_who_is_told_and_when_it_goes_on(app, signed_in, says):
    assert "Whoever treats the patient" in signed_in("clinician").get(TRIAGE).text
    answers(app, "another-clinician")
    page = plain(signed_in("clinician").get(TRIAGE).text)
    assert "Whoever treats the patient" not in page
    assert "Urgent 30 min" in page
    assert "only the hours of cover count: Mon to Fri, 09:00 to 17:00." in page
