from __future__ import annotations

import csv
import io
import re

import pytest

from pwa.clinic import registry
from pwa.records import Responder, db
from tests.clinic.conftest import ANA, JUDGED, TOLD, plain
from tests.conftest import CAST, CLINIC

BO = CAST["another-patient"][1]
PAGE = f"/clinic/patients/{ANA}"


@pytest.fixture
def page(signed_in):
    return lambda who="clinician", query="": plain(signed_in(who).get(f"/clinic/events{query}").text)


@pytest.fixture
def sheet(signed_in):
    def lines(who="clinician", query=""):
        answer = signed_in(who).get(f"/clinic/events.csv{query}")
        assert answer.headers["Content-Type"].startswith("text/csv")
        return list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))

    return lines


def test_the_register_says_of_each_event_what_began_when_how_grave_it_was_and_what_came_of_it(page, judged_by):
    judged_by("clinician", words="A fall", grade="3", serious="hospital", action="stopped", outcome="resolved")
    said = page()
    assert "1 event, 1 of them serious." in said
    assert "18 Nov 2026 heard 19 Nov 2026 KT-1001 A fall Told by phone" in said
    assert "3 Hospital stay, or a longer one Possible Treatment stopped Gone clinician 20 Nov 2026 10:00" in said


def test_an_event_that_was_reported_says_after_what_it_came(page, signed_in, says, treated):
    treatment = treated(days=2).record
    body = {"treatment": treatment, "window": "acute", "effects": [{"effect": "nausea", "severity": 3}]}
    says("ana", "effects", body)
    path = f"{PAGE}/events/new?of={treatment}:nausea"
    browser = signed_in("clinician")
    record = re.search('name="record" value="([^"]+)"', browser.get(path).text).group(1)
    assert browser.post(path, data={**JUDGED, "edition": "0", "record": record}).status_code == 302
    assert "Nausea Reported in the app IV 0.5 mg/kg 18 Nov 2026 2" in page()


def test_what_was_told_by_phone_says_after_which_session_it_came(page, signed_in, says, treated, judged_by, sheet):
    treatment = treated(days=2, number=3, of=6).record
    says("ana", "effects", {"treatment": treatment, "effects": [{"effect": "nausea", "severity": 3}]})
    event = judged_by("clinician", effect="nausea", about=treatment)
    assert "Nausea Told by phone IV 0.5 mg/kg 18 Nov 2026 2" in page()
    [line] = sheet()
    assert (line["session"], line["route"], plain(line["dose"])) == ("2026-11-18", "IV", "0.5 mg/kg")
    browser = signed_in("clinician")
    assert "Clinic: grade" not in browser.get(PAGE).text  # what she reported herself is judged by itself
    there = browser.get(f"{PAGE}/events/{event}").text
    assert f'<option selected value="{treatment}">18 Nov 2026, session 3 of 6, IV' in there
    assert "After: 18 Nov 2026, session 3 of 6" in plain(there)
    typed = {**TOLD, "effect": "nausea", "record": event, "edition": "1"}
    assert browser.post(f"{PAGE}/events/{event}", data={**typed, "about": "x"}).status_code == 422
    assert browser.post(f"{PAGE}/events/{event}", data={**typed, "about": ""}).status_code == 302
    assert sheet()[0]["session"] == ""


def test_a_period_is_asked_for_and_what_is_asked_wrongly_is_as_if_it_was_not(page, judged_by):
    judged_by("clinician", words="A fall", began="2026-11-10")
    assert "A fall" in page(query="?from=2026-11-10&to=2026-11-10")
    assert "A fall" not in page(query="?from=2026-11-11&to=2026-11-20")
    assert "A fall" not in page(query="?from=2026-11-01&to=2026-11-09")
    assert "A fall" in page(query="?from=2026-11-12&to=2026-11-01")
    assert "A fall" in page(query="?from=x&to=%00")


def test_only_serious_ones_can_be_asked_for(page, judged_by):
    judged_by("clinician", words="A fall", serious="other")
    judged_by("clinician", words="A bruise")
    said = page(query="?serious=yes")
    assert "A fall" in said
    assert "A bruise" not in said


def test_events_of_colleagues_patients_are_counted_and_not_shown(page, sheet, judged_by):
    judged_by("another-clinician", of=BO, words="Of Bo")
    assert "Of Bo" not in page()
    assert "KT-1002" not in page()
    assert "1 more event is of patients whom colleagues treat alone." in page()
    assert sheet() == []
    assert "Of Bo" in page("another-clinician")
    assert "1 more event" not in page("stranger")


def test_whoever_answers_for_the_clinic_has_the_whole_register(app, page, sheet, judged_by):
    judged_by("another-clinician", of=BO, words="Of Bo")
    with app.app_context():
        db.session.add(Responder(clinic_id=CLINIC, place=1, person_id=CAST["clinician"][1]))
        db.session.commit()
    assert "Of Bo" in page()
    assert [line["patient"] for line in sheet()] == ["KT-1002"]


def test_what_was_changed_stands_once_and_what_was_a_mistake_not_at_all(page, sheet, signed_in, judged_by):
    event = judged_by("clinician", words="A fall")
    typed = {**TOLD, "words": "A fall", "record": event, "edition": "1", "grade": "3"}
    browser = signed_in("clinician")
    browser.post(f"{PAGE}/events/{event}", data=typed)
    assert [line["grade"] for line in sheet()] == ["3"]
    browser.post(f"{PAGE}/events/{event}", data={**typed, "edition": "2", "is_mistake": "y"})
    assert sheet() == []
    assert "No adverse event that you may see began in this period." in page()


def test_a_spreadsheet_gets_the_same_events_and_no_formula(page, sheet, judged_by):
    judged_by("clinician", words="=HYPERLINK(1)", note=" @SUM(1)")
    [line] = sheet()
    assert line["event"] == "'=HYPERLINK(1)"
    assert line["note"] == "' @SUM(1)"
    assert (line["patient"], line["began"], line["heard"], line["grade"]) == (
        "KT-1001",
        "2026-11-18",
        "2026-11-19",
        "2",
    )
    assert (line["serious"], line["outcome"], line["judged_by"]) == ("Not serious", "Gone", "clinician")


def test_one_page_holds_so_many_and_says_how_many_are_left_out(page, sheet, judged_by, monkeypatch):
    monkeypatch.setattr(registry, "MOST", 2)
    for n in range(3):
        judged_by("clinician", words=f"event {n}")
    assert "1 more event does not fit on this page." in page()
    assert "3 events" in page()
    assert len(sheet()) == 3


def test_reading_the_register_is_in_the_audit_trail_with_whose_events_they_were(page, judged_by, audit):
    event = judged_by("clinician", words="A fall")
    page()
    assert (audit()[-1].what, audit()[-1].patients, audit()[-1].records) == ("adverse-events", [ANA], [event])


def test_the_register_costs_a_fixed_number_of_statements(signed_in, statements, judged_by):
    browser = signed_in("clinician")
    judged_by("clinician", words="first")
    few = statements(browser, "/clinic/events")
    for n in range(4):
        judged_by("clinician", words=f"event {n}")
    assert statements(browser, "/clinic/events") == few
