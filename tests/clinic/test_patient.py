from __future__ import annotations

import re
from datetime import date, timedelta

import pytest

from tests.clinic.conftest import ANA, TORONTO, plain

PAGE = f"/clinic/patients/{ANA}"


@pytest.fixture
def page(signed_in):
    """What her clinician reads; `page(days=91)` for more."""
    browser = signed_in("clinician")
    return lambda **query: plain(browser.get(PAGE, query_string=query).text)


def test_a_patient_of_whom_nothing_is_known_yet_has_a_page(page):
    for words in ("none yet", "No session is planned or recorded.", "Nothing is shared with you.", "no entry"):
        assert words in page()


def test_the_facts_stand_on_top(page, says, treated):
    course = {"phase": "induction", "route": "iv", "planned": 6, "started": "2026-11-10"}
    says("ana", "course", course, by="clinician")
    treated(days=3, number=1, of=6, dose=0.6)
    treated(days=-1, status="planned", number=2, of=6)
    for ago in (0, 1, 1, 4):
        says("ana", "check-in", {"mood": 4}, ago=timedelta(days=ago))
    said = page()
    for words in ("IV induction, 1 of 6", "0.6\xa0mg/kg, Tue 17 Nov", "Tomorrow 10:00", "3 of 5 days"):
        assert words in said.replace("0.6 mg/kg", "0.6\xa0mg/kg"), words
    assert "clinician, therapist" in said


def test_days_run_by_the_clinics_clock(page, says, clock):
    clock.moment = clock.moment.replace(hour=3)  # 22:00 of the day before in Toronto
    says("ana", "check-in", {"mood": 4})
    assert "Thu 19 Nov 22:00" in page()


def test_the_chart_is_drawn_from_a_table_with_every_figure(signed_in, says, treated):
    says("ana", "check-in", {"mood": 4, "anxiety": 0, "sleep": 6.5})
    treated(days=2)
    treated(days=-2, status="planned")
    html = signed_in("clinician").get(PAGE).text
    assert '<tr data-day="2026-11-20">' in html
    assert 'data-value="6.5"' in html
    assert 'data-route="IV" data-label="0.5\xa0mg/kg"' in html
    assert 'data-label="planned" data-planned' in html
    assert "<td>0</td>" in html


def test_what_was_not_answered_is_blank_and_not_0(signed_in, says):
    says("ana", "check-in", {"mood": 4})
    html = signed_in("clinician").get(PAGE).text
    row = html[html.index('<tr data-day="2026-11-20">') :]
    assert row.index("<td>4</td>") < row.index("<td></td>") < row.index("</tr>")


@pytest.mark.parametrize(
    ("days", "seen"), [(None, False), (28, False), (91, True), (273, True), (5, False), ("x", False)]
)
def test_the_address_says_how_far_back_the_page_goes(page, says, days, seen):
    says("ana", "check-in", {"mood": 4, "note": "forty days ago"}, ago=timedelta(days=40))
    assert ("forty days ago" in page(**({"days": days} if days else {}))) == seen


def test_an_entry_written_late_says_so(page, says, clock):
    felt = clock().astimezone(TORONTO) - timedelta(days=1, hours=2)
    says("ana", "check-in", {"mood": 4}, felt=felt, ago=timedelta(hours=1))
    assert "Written today 09:00, about yesterday " in page() + " "
    assert "about yesterday 08:00" not in page()


def test_an_entry_that_came_late_says_so(page, says):
    says("ana", "check-in", {"mood": 4}, ago=timedelta(hours=9), late=timedelta(hours=8))
    assert "Written today 01:00, arrived today 09:00" in page()


def test_an_entry_sent_at_once_says_nothing_of_times(page, says):
    says("ana", "check-in", {"mood": 4}, late=timedelta(minutes=2))
    assert "Written" not in page()


def test_two_phones_that_did_not_see_each_other_are_both_told(page, says):
    first = says("ana", "check-in", {"mood": 4}, ago=timedelta(hours=3))
    says("ana", "check-in", {"mood": 6}, record=first.record, parents=[first.id], ago=timedelta(hours=2))
    says("ana", "check-in", {"mood": 7}, record=first.record, parents=[first.id], ago=timedelta(hours=1))
    assert "Also written on another phone: mood 6" in page()


def test_an_answer_that_was_edited_is_shown_as_it_stands(page, says):
    first = says("ana", "check-in", {"mood": 4, "note": "the first wording"})
    says("ana", "check-in", {"mood": 4, "note": "the second wording"}, record=first.record, parents=[first.id])
    assert "the second wording" in page()
    assert "the first wording" not in page()


def test_effects_stand_by_treatment_as_they_were_said(page, says, treated):
    given = treated(days=2, number=4)
    effects = [
        {"effect": "dissociation", "severity": 3, "lasted": "1-4h"},
        {"effect": "nausea", "severity": 1, "ongoing": True},
        {"effect": "headache", "severity": 0},
    ]
    report = {"treatment": given.record, "window": "acute", "effects": effects, "systolic": 148, "diastolic": 92}
    says("ana", "effects", report)
    said = page()
    for words in (
        "Feeling detached Dissociation Severe 1 to 4 h",
        "Nausea Mild Still going",
        "Asked after these sessions, and never felt then: Headache.",
        "148/92",
    ):
        assert words in said, words


def test_what_is_felt_between_treatments_is_listed_by_day(page, says):
    says("ana", "effects", {"effects": [{"effect": "bladder-pain", "severity": 2}], "other": "a metal taste"})
    said = page()
    assert "Between sessions Fri 20 Nov" in said
    assert "Moderate" in said
    assert "a metal taste" in said


def test_a_report_of_a_session_just_had_stands_by_itself_until_that_is_recorded_and_then_under_it(page, says, treated):
    before = treated(days=2, number=3)
    says("ana", "effects", {"window": "acute", "effects": [{"effect": "drowsiness", "severity": 3, "ongoing": True}]})
    said = page()
    assert "Between sessions Fri 20 Nov After a session that is not recorded yet Drowsiness: Severe" in said
    assert "Severe Still going" not in said
    treated(days=0.1, number=4, minutes=60)
    said = page()
    assert "Severe Still going" in said
    assert "Between sessions" not in said
    assert before.record


def test_other_answers_about_thoughts_are_counted_and_a_no_is_no_all_clear(page, says):
    says("ana", "check-in", {"thoughts": "no"}, ago=timedelta(days=1))
    says("ana", "check-in", {"thoughts": "rather-not-say"})
    assert "“I would rather not say”: 1 times, last today 10:00" in page()
    assert "“No”: 1 times, last yesterday 10:00" in page()


def test_it_says_who_acknowledged_an_answer_and_when(page, signed_in, says, clock):
    says("ana", "check-in", {"thoughts": "often"})
    assert "Nobody has acknowledged this yet." in page()
    browser = signed_in("clinician")
    [alert] = set(re.findall(r"/clinic/alerts/([0-9a-f-]+)", browser.get(PAGE).text))
    browser.post(f"/clinic/alerts/{alert}/acknowledge")
    clock.forward(hours=1)
    assert "Acknowledged by clinician, today 10:00" in page()


def test_a_treatment_planned_and_never_recorded_asks_for_it(page, treated):
    treated(days=2, status="planned")
    assert "Planned not recorded yet" in page()


def test_what_a_patient_types_is_never_markup(signed_in, says):
    typed, shown = "<script>alert(1)</script>\" ' &", "&lt;script&gt;alert(1)&lt;/script&gt;&#34; &#39; &amp;"
    says("ana", "check-in", {"note": typed})
    page = signed_in("clinician").get(PAGE).text
    assert shown in page
    assert "<script>alert(1)" not in page


@pytest.mark.parametrize("day", [date(2001, 1, 1), date(2026, 11, 21)])
def test_a_day_that_is_far_or_a_little_ahead_breaks_nothing(page, says, day):
    says("ana", "check-in", {"mood": 4}, day=day)
    assert "KT-1001" in page()
