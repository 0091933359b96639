"""What a patient's page says against the weeks before the first session."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.clinic.conftest import ANA, plain

PAGE = f"/clinic/patients/{ANA}"


@pytest.fixture
def block(signed_in):
    def read():
        html = signed_in("clinician").get(PAGE).text
        return plain(html[html.index('id="changed"') :].split("</section>")[0])

    return read


@pytest.fixture
def before(says, treated):
    """Fourteen days, three and five in turn, and then the first session."""
    for n in range(14):
        says("ana", "check-in", {"mood": 3 + 2 * (n % 2), "anxiety": 6}, ago=timedelta(days=20 - n))
    treated(days=6)


def test_what_is_beyond_the_line_is_told_with_the_line(block, says, before):
    for ago in (3, 2, 1):
        says("ana", "check-in", {"mood": 7}, ago=timedelta(days=ago))
    said = block()
    assert "Mood 4 14 days, spread 1 7 17 Nov to 19 Nov Higher by 3, beyond the line of 2." in said
    assert "Anxiety 6 14 days, spread 0 none Nothing: there are no three days with an entry close together." in said


def test_what_is_within_the_line_is_called_no_change(block, says, before):
    for ago in (3, 2, 1):
        says("ana", "check-in", {"mood": 5}, ago=timedelta(days=ago))
    assert "No more than days differ anyway: 1, within the line of 2." in block()


def test_the_rule_says_how_often_it_is_wrong(block, before):
    assert "16 to 39 in 100 fell below the line" in block()


def test_without_enough_days_before_nothing_is_said(block, says, treated):
    treated(days=6)
    for ago in (9, 8, 3, 2, 1):
        says("ana", "check-in", {"mood": 9}, ago=timedelta(days=ago))
    assert block().endswith(
        "Nothing can be said: a baseline needs 14 days with an entry in the 28 days before the first session,"
        " and there are 2. "
    )


def test_where_one_of_them_has_a_baseline_the_others_say_what_they_lack(block, says, before):
    says("ana", "check-in", {"energy": 5}, ago=timedelta(days=8))
    said = block()
    assert "none 1 day with an entry" in said
    assert "Nothing: a baseline needs 14 days with an entry in the 28 days before the first session." in said


def test_before_the_first_session_there_is_nothing_to_compare(block, says):
    says("ana", "check-in", {"mood": 9})
    assert "No session has been given yet" in block()


def test_the_morning_of_the_first_session_still_counts_to_the_baseline(block, says, treated):
    for n in range(13):
        says("ana", "check-in", {"mood": 4}, ago=timedelta(days=20 - n))
    treated(days=6)
    assert "and there are 13." in block()
    says("ana", "check-in", {"mood": 4}, ago=timedelta(days=6, hours=1))
    assert "14 days, spread 0" in block()


def test_days_after_the_first_session_are_in_no_baseline(block, says, treated):
    for n in range(13):
        says("ana", "check-in", {"mood": 4}, ago=timedelta(days=20 - n))
    treated(days=6)
    says("ana", "check-in", {"mood": 4}, ago=timedelta(days=5, hours=23))
    assert "and there are 13." in block()
