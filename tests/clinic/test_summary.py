"""The visit summary: one page, for paper."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from tests.clinic.conftest import ANA, plain

PAGE = f"/clinic/patients/{ANA}"


@pytest.fixture
def page(signed_in):
    return lambda who="clinician": plain(signed_in(who).get(f"{PAGE}/summary").text)


def test_a_summary_of_whom_nothing_is_known_yet_is_a_page(page):
    for words in ("No session was recorded in these weeks.", "Nothing is shared with the care team.", "Next session"):
        assert words in page()


def test_each_session_stands_with_its_pressure_its_effects_and_the_mood_around_it(page, says, treated):
    treatment = treated(days=2, number=3, of=6, observed={"before_systolic": 120, "peak_systolic": 151})
    felt = [{"effect": "nausea", "severity": 1}, {"effect": "headache", "severity": 3, "lasted": "1-4h"}]
    reading = {"systolic": 150, "diastolic": 95}
    says("ana", "effects", {"treatment": treatment.record, "window": "acute", "effects": felt, **reading})
    says("ana", "check-in", {"mood": 3}, ago=timedelta(days=2, hours=1))
    says("ana", "check-in", {"mood": 6}, ago=timedelta(days=1))
    said = page()
    assert "3, 18 Nov 2026 IV 0.5 mg/kg 151/– Headache severe (1 to 4 h), Nausea mild 3, 6" in said


def test_where_there_is_no_entry_it_says_so(page, treated):
    treated(days=2)
    assert "none reported – no entry , – no entry" in page()


def test_only_what_is_shared_with_the_care_team_stands_on_it(page, says):
    says("ana", "journal", {"text": "for me alone", "audience": "me"})
    says("ana", "journal", {"text": "for the therapist", "audience": "therapist"}, ago=timedelta(minutes=1))
    says("ana", "journal", {"text": "for the team", "audience": "care-team"}, ago=timedelta(minutes=2))
    for who in ("clinician", "therapist"):
        said = page(who)
        assert "for the team" in said
        assert "for me alone" not in said
        assert "for the therapist" not in said


def test_what_is_to_settle_stands_with_a_box_to_tick(page, says, treated):
    treated(days=30)
    treated(days=-1, status="planned", number=4, of=6)
    says("ana", "check-in", {"mood": 2, "thoughts": "often"})
    felt = {"can_wait": True, "effects": [{"effect": "headache", "severity": 1}]}
    says("ana", "effects", felt, ago=timedelta(days=1))
    said = page()
    assert "Visit summary, for session 4 of 6, 21 Nov 2026 10:00" in said
    assert "Nobody has acknowledged this yet." in said
    assert "Headache, mild: 19 Nov 2026, can wait until the visit, the patient says" in said
    assert "Check due: bladder, memory" in said
    assert "Dose for session 4 of 6" in said


def test_what_there_is_no_room_for_is_counted_and_what_is_cut_says_so(page, says, noted_by, judged_by):
    for n in range(3):
        body = {"text": f"Shared {n}. " + "A long morning by the water. " * 20, "audience": "care-team"}
        says("ana", "journal", body, ago=timedelta(hours=n))
        noted_by("clinician", f"Note {n}. " + "Sleep is short, and work goes on. " * 9)
        judged_by("clinician", words=f"A fall {n}")
    judged_by("clinician", words="One more")
    says("ana", "journal", {"text": "for the therapist", "audience": "therapist"})
    said = page()
    assert said.count("… (the rest stands in Tidelog)") == 3
    assert "Shared with the care team. 2 more stand in Tidelog." in said
    assert said.count("1 more stands in Tidelog.") == 2


def test_whoever_spoke_of_thoughts_has_the_safety_plan_to_go_through(page, says):
    words = "The safety plan: go through it together"
    assert words not in page()
    says("ana", "check-in", {"mood": 2, "thoughts": "often"})
    assert words in page()


def test_notes_and_judged_events_stand_on_it(page, noted_by, judged_by):
    noted_by("therapist", "Working on sleep.")
    judged_by("clinician", words="A fall", grade="3", serious="hospital")
    said = page()
    assert "therapist , 20 Nov 2026 10:00: Working on sleep." in said
    assert "18 Nov 2026: A fall, grade 3, hospital stay, or a longer one, nothing changed, gone" in said


@pytest.mark.parametrize("language", ["en", "fr"])
def test_paper_is_read_on_other_days_so_each_day_on_it_has_its_date_and_year(
    signed_in, says, treated, noted_by, judged_by, language
):
    noted_by("clinician", "Working on sleep.")
    judged_by("clinician", words="A fall")
    treated(days=-1, status="planned", number=4, of=6)
    says("ana", "check-in", {"mood": 2, "thoughts": "often"})
    says("ana", "journal", {"text": "for the team", "audience": "care-team"})
    browser = signed_in("clinician")
    browser.post("/language", data={"language": language, "back": PAGE})
    for path in (f"{PAGE}/summary", "/clinic/events"):
        said = plain(browser.get(path).text)
        assert not re.search(r"\b(today|tomorrow|yesterday|aujourd.hui|demain|hier)\b", said), path
        printed = {"en": "Printed 20 Nov 2026 10:00 by", "fr": "Imprimé le 20 nov. 2026 10:00 par"}[language]
        assert printed in said, path


def test_names_are_hidden_on_paper_where_they_are_hidden(page, signed_in):
    browser = signed_in("clinician")
    assert "born 1 Mar 1988" in plain(browser.get(f"{PAGE}/summary").text)
    browser.post("/clinic/names", data={"names": "hide", "back": PAGE})
    assert "born" not in plain(browser.get(f"{PAGE}/summary").text)


def test_printing_is_one_row_of_the_audit_trail_that_names_what_was_read(page, says, noted_by, audit):
    entry = says("ana", "journal", {"text": "shared", "audience": "care-team"})
    note = noted_by("clinician", "A line.")
    before = len(audit())
    page()
    [row] = audit()[before:]
    assert (row.action, row.what, row.patients, row.records) == ("read", "summary", [ANA], sorted([entry.record, note]))


def test_it_asks_as_often_however_much_there_is(signed_in, statements, says, treated, noted_by):
    def happens(days):
        says("ana", "check-in", {"mood": 2, "thoughts": "often"}, ago=timedelta(days=days))
        says("ana", "journal", {"text": "shared", "audience": "care-team"}, ago=timedelta(days=days))
        treated(days=days)
        noted_by("clinician", f"note {days}")

    browser = signed_in("clinician")
    happens(6)
    few = statements(browser, f"{PAGE}/summary")
    for days in range(1, 6):
        happens(days)
    assert statements(browser, f"{PAGE}/summary") == few
