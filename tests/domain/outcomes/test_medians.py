"""The median of times that not everybody reaches, against SciPy."""

from __future__ import annotations

from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import quantile_test

from pwa.domain.outcomes import median_of

TIMES = st.lists(st.integers(0, 42), min_size=1, max_size=120)


@given(TIMES)
def test_median_and_interval_are_those_of_the_order_statistics(times):
    found = median_of(times, len(times))
    ends = quantile_test(times, p=0.5).confidence_interval(0.95)
    low, high = (None if end != end or abs(end) == inf else end for end in (ends.low, ends.high))
    assert found.interval == (low, high)


def test_those_who_never_got_there_count_as_later():
    found = median_of([14, 15, 16, 17, 18, 19], 10)
    assert found.median == 18.5
    assert found.interval[1] is None
    assert median_of([14, 15, 16, 17], 10).median is None


def test_of_few_there_is_no_interval():
    assert median_of([14, 17, 17, 18, 21], 5).interval == (None, None)
    assert median_of([14, 17, 17, 18, 20, 21], 6).interval == (14, 21)


@pytest.mark.parametrize(("of", "is_few"), [(19, True), (20, False)])
def test_fewer_than_twenty_people_are_not_judged(of, is_few):
    assert median_of([17] * of, of).is_few is is_few


def test_of_nobody_there_is_no_median():
    assert (median_of([], 0).median, median_of([], 0).interval) == (None, (None, None))
