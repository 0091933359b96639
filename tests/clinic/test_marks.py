"""What stands on the timeline beside check-ins and treatments."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from pwa.records import Alert, db
from tests.clinic.conftest import ANA, plain

PAGE = f"/clinic/patients/{ANA}"


@pytest.fixture
def day(signed_in):
    """What the table says of a day beside check-ins and treatments: its lanes with their words and looks."""

    def marks(day, who="clinician", query=""):
        html = signed_in(who).get(PAGE + query).text
        rows = re.findall(rf'<tr data-day="{day}".*?</tr>', html, re.DOTALL)
        found = re.findall(r'<li data-lane="(\w+)" data-look="([\w-]*)".*?>(.*?)</li>', "".join(rows), re.DOTALL)
        return [(lane, look, plain(words).strip()) for lane, look, words in found]

    return marks


def of_lane(marks, lane):
    return [(look, words) for name, look, words in marks if name == lane]


def test_effects_stand_at_their_treatment_the_strongest_first_with_how_long_they_lasted(day, says, treated):
    treatment = treated(days=2).record
    said = [{"effect": "nausea", "severity": 1}, {"effect": "headache", "severity": 3, "lasted": "1-4h"}]
    says("ana", "effects", {"treatment": treatment, "window": "acute", "effects": said})
    assert of_lane(day("2026-11-18"), "effects") == [("n3", "Headache: severe, 1 to 4 h; Nausea: mild")]


def test_effects_between_treatments_stand_on_their_own_day(day, says):
    says("ana", "effects", {"effects": [{"effect": "nocturia", "severity": 2, "ongoing": True}]}, ago=timedelta(days=1))
    [(look, words)] = of_lane(day("2026-11-19"), "effects")
    assert (look, "moderate, still going" in words) == ("n2", True)


def test_blood_pressure_stands_with_when_it_was_taken_and_the_highest_is_drawn(day, signed_in, says, treated):
    observed = {"before_systolic": 122, "before_diastolic": 80, "peak_systolic": 151, "peak_diastolic": 94}
    treated(days=2, observed=observed)
    says("ana", "effects", {"effects": [], "systolic": 130, "diastolic": 84}, ago=timedelta(days=1))
    assert of_lane(day("2026-11-18"), "pressure") == [("", "Blood pressure 122/80 before, 151/94 at the peak")]
    assert of_lane(day("2026-11-19"), "pressure") == [("", "Blood pressure 130/84")]
    assert 'data-figures="151/94"' in signed_in("clinician").get(PAGE).text


def test_a_check_is_told_as_answered_and_one_that_waits_as_due(day, says, treated):
    treated(days=10)
    says("ana", "effects", {"checks": ["memory"], "effects": [{"effect": "memory", "severity": 0}]})
    assert of_lane(day("2026-11-20"), "checks") == [("answered", "Check answered: memory")]
    waiting = of_lane(day("2026-10-24"), "checks")
    assert ("due", "Check due since 26 Sep: bladder") not in waiting  # a dose came meanwhile
    assert ("missed", "Check due on 26 Sep, not answered in time: bladder") in waiting


def test_a_therapist_hears_nothing_of_the_check_of_urges(day, says, treated):
    treated(days=35)
    said = {"checks": ["urges"], "effects": [{"effect": "craving", "severity": 0}]}
    says("ana", "effects", said, ago=timedelta(days=31))
    told = [("2026-10-20", "answered", "Check answered: urges"), ("2026-11-17", "due", "Check due since 17 Nov: urges")]
    for date, look, words in told:
        assert (look, words) in of_lane(day(date, query="?days=91"), "checks")
        assert (look, words) not in of_lane(day(date, "therapist", "?days=91"), "checks")


def test_an_alert_stands_on_its_day_with_what_was_done_and_by_whom(app, day, signed_in, says, clock):
    says("ana", "check-in", {"mood": 2, "thoughts": "often"})
    assert "nothing is recorded yet" in of_lane(day("2026-11-20"), "alerts")[0][1]
    with app.app_context():
        alert = db.session.scalars(db.select(Alert.id)).one()
    clock.forward(minutes=9)
    typed = {"action": "call", "note": "safe with her sister", "resolves": "y"}
    assert signed_in("clinician").post(f"/clinic/alerts/{alert}/act", data=typed).status_code == 302
    [(look, words)] = of_lane(day("2026-11-20"), "alerts")
    assert look == "urgent"
    assert words.endswith("; Called: clinician today 10:09; Resolved by clinician today 10:09")


def test_shared_entries_stand_with_their_hour_and_others_not_at_all(day, says):
    says("ana", "journal", {"text": "for all", "audience": "care-team"}, ago=timedelta(hours=1))
    says("ana", "journal", {"text": "for the therapist", "audience": "therapist"}, ago=timedelta(hours=2))
    says("ana", "journal", {"text": "for me", "audience": "me"}, ago=timedelta(hours=3))
    assert of_lane(day("2026-11-20"), "journal") == [("", "Shared entry, 09:00")]
    shown = {words for _, words in of_lane(day("2026-11-20", "therapist"), "journal")}
    assert shown == {"Shared entry, 09:00", "Shared entry, 08:00"}


def test_a_note_stands_on_the_day_on_which_it_was_written(day, noted_by):
    noted_by("therapist", "A line.")
    assert of_lane(day("2026-11-20"), "notes") == [("", "Note of therapist, 10:00")]


def test_an_entry_written_late_is_marked_for_the_chart(signed_in, says, clock):
    yesterday = clock() - timedelta(days=1)
    says("ana", "check-in", {"mood": 4}, felt=yesterday, day=yesterday.date())
    html = signed_in("clinician").get(PAGE).text
    assert '<tr data-day="2026-11-19" data-late>' in html


def test_what_happened_on_a_day_without_an_entry_does_not_make_it_one(signed_in, noted_by):
    noted_by("clinician", "A line.")
    html = signed_in("clinician").get(PAGE).text
    row = html[html.index('<tr data-day="2026-11-20">') :].split("</tr>")[0]
    assert row.count("<td></td>") == 5


def test_the_page_asks_as_often_however_much_happened(signed_in, statements, says, treated, noted_by):
    def happens(days):
        says("ana", "check-in", {"mood": 2, "thoughts": "often"}, ago=timedelta(days=days))
        says("ana", "journal", {"text": "shared", "audience": "care-team"}, ago=timedelta(days=days))
        treated(days=days)
        noted_by("clinician", f"note {days}")

    browser = signed_in("clinician")
    happens(5)
    few = statements(browser, PAGE)
    for days in range(1, 5):
        happens(days)
    assert statements(browser, PAGE) == few
