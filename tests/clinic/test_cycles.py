"""Cycles laid over each other, by days since the treatment."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from tests.clinic.conftest import ANA, plain

PAGE = f"/clinic/patients/{ANA}"


@pytest.fixture
def table(signed_in):
    """Days since the treatment → the figures of each cycle, the oldest first; "": no entry."""

    def rows(query=""):
        html = signed_in("clinician").get(f"{PAGE}?by=cycle{query}").text
        found = re.findall(r'<tr data-day="(\d+)"><th scope="row">\d+</th>(.*?)</tr>', html)
        return {int(n): re.findall(r"<td>(\d*)</td>", cells) for n, cells in found}

    return rows


def test_each_cycle_has_its_column_and_each_figure_stands_at_its_day(table, says, treated):
    treated(days=10)
    treated(days=4)
    for ago, mood in ((9, 4), (8, 5), (3, 7), (1, 6)):
        says("ana", "check-in", {"mood": mood}, ago=timedelta(days=ago))
    assert table() == {0: ["", ""], 1: ["4", "7"], 2: ["5", ""], 3: ["", "6"]}


def test_what_was_felt_before_a_treatment_on_its_day_belongs_to_the_cycle_before(table, says, treated):
    treated(days=6)
    treated(days=2)
    says("ana", "check-in", {"mood": 3}, ago=timedelta(days=2, hours=2))
    says("ana", "check-in", {"mood": 8}, ago=timedelta(days=1, hours=20))
    assert table() == {0: ["", "8"], 1: ["", ""], 2: ["", ""], 3: ["", ""], 4: ["3", ""]}


def test_of_several_entries_of_a_day_the_one_felt_last_is_shown_as_by_date(table, says, treated):
    treated(days=2)
    for hours, mood in ((30, 2), (26, 5)):
        says("ana", "check-in", {"mood": mood}, ago=timedelta(hours=hours))
    assert table()[1] == ["5"]


def test_anxiety_and_energy_can_be_asked_for_and_nothing_else(table, says, treated):
    treated(days=2)
    says("ana", "check-in", {"mood": 1, "anxiety": 2, "energy": 3, "sleep": 9}, ago=timedelta(days=1))
    shown = {level: table(f"&level={level}")[1] for level in ("mood", "anxiety", "energy", "sleep", "note")}
    assert shown == {"mood": ["1"], "anxiety": ["2"], "energy": ["3"], "sleep": ["1"], "note": ["1"]}


def test_what_came_before_the_first_session_is_in_no_cycle(table, says, treated):
    treated(days=2)
    says("ana", "check-in", {"mood": 4}, ago=timedelta(days=5))
    assert table() == {}


def test_without_a_session_the_page_says_so(signed_in):
    assert "No entry followed a session in these weeks." in plain(signed_in("clinician").get(f"{PAGE}?by=cycle").text)


def test_the_address_keeps_how_far_back_and_what_is_shown(signed_in):
    html = signed_in("clinician").get(f"{PAGE}?by=cycle&level=energy&days=91").text
    assert f'href="{PAGE}?days=273&amp;by=cycle&amp;level=energy"' in html
    assert f'href="{PAGE}?days=91&amp;by=cycle&amp;level=mood"' in html
    assert f'href="{PAGE}?days=91"' in html
