"""Many questions at once, against statsmodels and the paper's own example."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.multitest import multipletests

from pwa.domain.signals.multiple import adjusted

#: fifteen comparisons of a trial in infarction (Benjamini and Hochberg 1995, section 4.1)
PAPER = [
    *(0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344),
    *(0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0),
]


def test_the_papers_example_keeps_four_of_fifteen():
    assert [p for p, q in zip(PAPER, adjusted(PAPER), strict=True) if q <= 0.05] == PAPER[:4]


@given(st.lists(st.floats(0, 1), min_size=1, max_size=50))
def test_what_is_kept_is_what_statsmodels_keeps(ps):
    assert adjusted(ps) == pytest.approx(list(multipletests(ps, method="fdr_bh")[1]), abs=1e-12)


def test_of_nothing_nothing_is_kept():
    assert adjusted([]) == []
