"""Shares of effects with an interval that counts people, against SciPy, statsmodels and simulation."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from statsmodels.api import OLS

from pwa.domain.outcomes import Share, Sums, of_effects, of_people
from pwa.domain.outcomes.shares import student, variance
from pwa.domain.signals import exact

#: of each person, how many effects, and how many of them are meant
PEOPLE = st.lists(st.integers(1, 12).flatmap(lambda of: st.tuples(st.just(of), st.integers(0, of))), min_size=3)


def sums(people) -> Sums:
    of, events = (np.array(column) for column in zip(*people, strict=True))
    return Sums(len(people), *map(int, (of.sum(), events.sum(), of @ of, of @ events, events @ events)))


@given(st.integers(1, 3000))
def test_students_distribution_is_scipys(freedom):
    assert student(freedom) == pytest.approx(stats.t.ppf(0.975, freedom), rel=1e-6)


@given(PEOPLE)
def test_the_variance_is_the_sandwich_of_statsmodels(people):
    """A mean by least squares, with patients as clusters and without its correction for regressors."""
    answers = np.concatenate([[1.0] * events + [0.0] * (of - events) for of, events in people])
    whose = np.repeat(np.arange(len(people)), [of for of, _ in people])
    options = {"groups": whose, "use_correction": False}
    fitted = OLS(answers, np.ones(len(answers))).fit(cov_type="cluster", cov_kwds=options)
    found = sums(people)
    ours = variance(found, found.events / found.of) * (found.people - 1) / found.people
    assert ours == pytest.approx(fitted.cov_params()[0, 0], abs=1e-9)


@given(PEOPLE)
def test_the_interval_is_korn_and_graubards_by_scipys_beta(people):
    found = sums(people)
    share = found.events / found.of
    scatter = variance(found, share)
    worth = float(found.people)
    if scatter > 0:
        few = stats.t.ppf(0.975, found.of - 1) / stats.t.ppf(0.975, found.people - 1)
        worth = min(share * (1 - share) / scatter * few**2, found.of)
    low = stats.beta.ppf(0.025, share * worth, worth - share * worth + 1) if share else 0.0
    high = stats.beta.ppf(0.975, share * worth + 1, worth - share * worth) if share < 1 else 1.0
    assert of_effects(found, 0).interval == pytest.approx((low, high), abs=1e-6)


def test_where_each_person_has_one_effect_it_is_nearly_the_exact_one():
    found = of_effects(sums([(1, 1)] * 30 + [(1, 0)] * 20), 0)
    assert found.interval == pytest.approx(exact(30, 50), abs=0.01)


def test_one_person_who_says_it_six_times_is_one_person():
    often = of_effects(sums([(6, 6)] * 5 + [(6, 0)] * 5), 0)
    low, high = often.interval
    assert low < exact(5, 10)[0] + 0.01
    assert high > exact(5, 10)[1] - 0.01
    everybody = of_effects(sums([(6, 6)] * 10), 0)
    assert everybody.interval == exact(10, 10)


def test_the_interval_holds_the_truth_as_often_as_it_says_where_people_differ():
    """400 clinics of 30 people, each prone to mild effects or not; 95 % is promised, less what chance allows."""
    chance, held = Random(7), 0
    for _ in range(400):
        people = []
        for _ in range(30):
            prone, of = chance.betavariate(1.2, 0.8), chance.randint(1, 15)
            people.append((of, sum(chance.random() < prone for _ in range(of))))
        low, high = of_effects(sums(people), 0).interval
        held += low <= 0.6 <= high
    assert held >= 0.93 * 400


def test_missing_answers_move_the_share_as_far_as_they_could():
    found = of_people({"yes": 6, "no": 2, "no-after": 4, "no-before": 9, "not-so": 3})
    assert (found.events, found.of, found.silent) == (6, 8, 4)
    assert found.bounds == (6 / 12, 10 / 12)
    assert found.interval == exact(6, 8)


def test_few_answers_and_few_people_are_not_judged():
    assert of_people({"yes": 10, "no": 9}).is_few
    assert not of_people({"yes": 10, "no": 10}).is_few
    assert Share(30, 60, 9, 0, 9).is_few


def test_of_nobody_nothing_is_known():
    nothing = of_people({})
    assert (nothing.share, nothing.interval, nothing.bounds) == (0.0, (0.0, 1.0), (0.0, 1.0))
    assert of_effects(Sums(0, 0, 0, 0, 0, 0), 0).interval == (0.0, 1.0)
