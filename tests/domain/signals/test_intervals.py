"""The exact interval of a rate, against SciPy and statsmodels."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest
from statsmodels.stats.proportion import proportion_confint

from pwa.domain.signals import exact

COUNTS = st.integers(1, 5000).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of)))


@given(COUNTS)
def test_the_interval_of_a_rate_is_that_of_scipy_and_of_statsmodels(counts):
    scipys = binomtest(*counts).proportion_ci(method="exact")
    assert exact(*counts) == pytest.approx((scipys.low, scipys.high), abs=1e-9)
    assert exact(*counts) == pytest.approx(proportion_confint(*counts, method="beta"), abs=1e-9)


def test_no_event_in_twenty_leaves_room_for_seventeen_in_a_hundred():
    """Clopper and Pearson's own limits, as in their chart: 0 to 16.8 %; and of 4 in 20, 5.7 to 43.7 %."""
    assert exact(0, 20) == pytest.approx((0, 0.1684), abs=5e-5)
    assert exact(4, 20) == pytest.approx((0.0573, 0.4366), abs=5e-5)


@given(COUNTS)
def test_an_interval_holds_its_rate_and_turns_over_with_it(counts):
    events, of = counts
    low, high = exact(events, of)
    assert 0 <= low <= events / of <= high <= 1
    assert exact(of - events, of) == pytest.approx((1 - high, 1 - low), abs=1e-9)


@given(COUNTS)
def test_one_more_event_moves_both_ends_up(counts):
    events, of = counts
    if events < of:
        assert all(more > less for less, more in zip(exact(events, of), exact(events + 1, of), strict=True))
