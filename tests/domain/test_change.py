from __future__ import annotations

from datetime import date, timedelta

import pytest

from pwa.domain.change import change

FIRST = date(2026, 11, 1)


def days(*figures, start=FIRST):
    """One a day; None is a day without an entry."""
    return {start + timedelta(days=n): figure for n, figure in enumerate(figures) if figure is not None}


BEFORE = days(*(3, 5) * 7, start=date(2026, 10, 1))  # mean 4, spread 1.04


@pytest.mark.parametrize(
    ("lately", "is_reliable"),
    [((6, 6, 6), True), ((2, 2, 2), True), ((5, 6, 6), False), ((4, 4, 4), False), ((10, 4, 6, 6, 6), True)],
)
def test_the_last_three_days_count_from_two_points_on_either_side(lately, is_reliable):
    assert change(BEFORE, days(*lately)).is_reliable == is_reliable


def test_who_goes_up_and_down_anyway_needs_more():
    before = days(*(2, 6) * 7)  # spread 2.08, line 3.1
    assert not change(before, days(7, 7, 7)).is_reliable
    assert change(before, days(8, 7, 7)).is_reliable
    assert change(before, days(7, 7, 7)).baseline.line == pytest.approx(3.11, abs=0.01)


def test_thirteen_days_are_no_baseline():
    found = change(dict(list(BEFORE.items())[:13]), days(9, 9, 9))
    assert (found.days, found.baseline, found.difference, found.is_reliable) == (13, None, None, False)


def test_the_same_figure_every_day_is_no_proof_by_itself():
    before = days(*(4,) * 14)
    assert not change(before, days(5, 5, 5)).is_reliable
    assert change(before, days(6, 6, 6)).is_reliable


@pytest.mark.parametrize(
    ("lately", "now"),
    [((6, 6), None), ((6, None, None, 6, 6), 6), ((6, None, 6, None, None, 6), None), ((), None)],
)
def test_days_far_from_each_other_are_not_called_now(lately, now):
    assert change(BEFORE, days(*lately)).now == now
