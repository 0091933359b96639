"""What those who read no answers see of them: of nobody alone."""

from __future__ import annotations

from itertools import pairwise

import pytest

from pwa.domain.safety.history import Tally
from pwa.domain.safety.tens import LEAST, in_tens

RULE, OTHER = "mood-lowest", "thoughts-often"


def clinic(raised, wrote, alerts=1, otherwise=0):
    """Of so many patients who wrote once the rule was raised of so many, so often of each; of so many another one."""
    together = Tally()
    for n in range(wrote):
        mine = {RULE: alerts} if n < raised else {OTHER: 1} if n < raised + otherwise else {}
        together.add(Tally(1, mine, patients=dict.fromkeys((None, *mine), 1) if mine else {}, people=1))
    return together


def shown(*of, **more):
    return [(one.rule, one.patients, one.alerts) for one in in_tens(clinic(*of, **more))]


@pytest.mark.parametrize("raised", [0, 1, LEAST - 1])
def test_nothing_is_shown_behind_which_fewer_than_ten_stand(raised):
    assert shown(raised, 100) == []
    assert shown(raised, 100, alerts=50) == [], "however often of each"


@pytest.mark.parametrize("others", [0, 1, LEAST - 1])
def test_nothing_is_shown_that_is_so_of_all_but_a_few(others):
    assert shown(LEAST, LEAST + others) == []
    assert shown(LEAST, 2 * LEAST) == [(None, 10, 10)]


@pytest.mark.parametrize("others", [0, 1, LEAST - 1])
def test_no_rule_is_told_that_raised_the_alerts_of_all_but_a_few(others):
    assert shown(LEAST, 60, otherwise=others) == [(None, 10, 10)], "who had an alert stands in the trail"
    assert shown(LEAST, 60, otherwise=LEAST) == [(None, 20, 20), (RULE, 10, 10), (OTHER, 10, 10)]


def test_from_one_count_to_the_next_lies_nothing_or_ten():
    counts = [(shown(n, 60) or [(None, 0, 0)])[0] for n in range(61)]
    assert {after[1] - before[1] for before, after in pairwise(counts)} == {0, LEAST}
    assert counts[-1] == (None, 50, 50), "never everybody"


def test_whoever_stands_behind_it_and_nobody_else_hides_it_of_each_rule_alone():
    one = Tally(1, {"took-more": 1, RULE: 1}, patients={None: 1, "took-more": 1, RULE: 1}, people=1)
    together = clinic(29, 70, otherwise=10)
    together.add(one)
    assert [(each.rule, each.patients) for each in in_tens(together)] == [(None, 40), (RULE, 30), (OTHER, 10)]


def test_reports_are_whole_tens_too_so_that_no_rate_gives_away_one_more():
    [everyone, *_] = in_tens(clinic(30, 69))
    assert everyone.in_hundred == 50
