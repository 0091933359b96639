from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from pwa.domain.protocol import Rhythm, induction, maintenance

MONDAY = date(2026, 11, 2)


def test_six_in_eighteen_days_are_two_a_week():
    assert [(day - MONDAY).days for day in induction(Rhythm(6, 18, 2, 28), MONDAY)] == [0, 3, 7, 10, 14, 17]


def test_at_home_a_weekend_is_a_day_like_any_other():
    days = induction(Rhythm(6, 11, 2, 14, workdays=False), MONDAY)
    assert [(day - MONDAY).days for day in days] == [0, 2, 4, 6, 8, 10]


def test_one_treatment_is_one_day():
    assert induction(Rhythm(1, 1, 1, 28), MONDAY) == [MONDAY]


def test_maintenance_comes_every_so_often():
    assert [(day - MONDAY).days for day in maintenance(Rhythm(6, 18, 2, 28), MONDAY)] == [0, 28, 56, 84]


@given(
    st.integers(1, 40),
    st.integers(1, 120),
    st.integers(1, 30),
    st.integers(1, 366),
    st.booleans(),
    st.dates(date(2024, 1, 1), date(2030, 1, 1)),
)
def test_none_is_closer_to_the_next_than_allowed_nor_on_a_weekend(treatments, days, apart, every, workdays, first):
    rhythm = Rhythm(treatments, days, apart, every, workdays)
    for planned in (induction(rhythm, first), maintenance(rhythm, first)):
        assert all(later - earlier >= timedelta(days=apart) for earlier, later in pairwise(planned))
        assert not workdays or all(day.isoweekday() < 6 for day in planned)
        assert planned[0] - first <= timedelta(days=2)
    assert len(induction(rhythm, first)) == treatments
