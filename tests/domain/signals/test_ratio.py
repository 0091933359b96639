"""Ratios of rates and their intervals, against statsmodels and a textbook's example."""

from __future__ import annotations

from dataclasses import astuple, replace
from random import Random

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest
from statsmodels.stats.contingency_tables import StratifiedTable
from statsmodels.stats.proportion import confint_proportions_2indep

from pwa.domain.signals.ratio import Comparison, Ratio, Treated

#: the University Group Diabetes Program, under and over 55: deaths and patients on tolbutamide and on placebo
#: (Rothman and Greenland, Modern Epidemiology, chapter 15: 1.33, by the normal approximation 0.80 to 2.2)
UGDP = {"under 55": ((8, 106), (5, 120)), "over 55": ((22, 98), (16, 85))}
#: few events among the others, or none
SPARSE = [
    ((25, 142), (0, 702)),
    ((25, 142), (1, 702)),
    ((25, 142), (2, 702)),
    ((25, 142), (9, 702)),
    ((8, 60), (0, 240)),
]
#: how often, and of how many: twenty times as often, of others of whom one or two, often none, have it
TWENTY = 20
RARE = ((0.1, 40), (0.1 / TWENTY, 80))
Row = tuple[Treated, bool]


def asked(rows: list[Row]) -> Ratio:
    return Comparison([one for one, _ in rows]).ratio(felt_in(rows))


def chance(rows: list[Row]) -> float:
    return Comparison([one for one, _ in rows]).chance(felt_in(rows))


def felt_in(rows: list[Row]) -> list[int]:
    return [n for n, (_, felt) in enumerate(rows) if felt]


def of_counts(counts: dict[str, tuple[tuple[int, int], ...]]) -> list[Row]:
    """Everybody once."""
    return [
        (Treated((stratum, exposed, n), stratum, exposed), n < events)
        for stratum, sides in counts.items()
        for exposed, (events, of) in zip((True, False), sides, strict=True)
        for n in range(of)
    ]


def repeated(seed: str, strata: int = 1, patients: int = 120, ratio: float = 1.4) -> list[Row]:
    """Patients who come up to eight times, each with a chance of their own."""
    chance, rows = Random(seed), []
    for patient in range(patients):
        own, exposed = chance.betavariate(0.6, 2), chance.random() < 0.4
        for n in range(chance.randint(1, 8)):
            felt = chance.random() < own * (ratio if exposed else 1) / (1 + n % strata)
            rows.append((Treated(patient, n % strata, exposed), felt))
    return rows


def by_gee(rows: list[Row]) -> tuple[float, float]:
    """The log of the ratio, and its robust standard error: Poisson, log link, patients as groups."""
    treated = [one for one, _ in rows]
    columns = [[float(one.exposed) for one in treated]]
    columns += [[float(one.stratum == stratum) for one in treated] for stratum in {one.stratum for one in treated}]
    felt = np.array([float(felt) for _, felt in rows])
    patients = np.array([one.patient for one in treated])
    fitted = sm.GEE(felt, np.array(columns).T, groups=patients, family=sm.families.Poisson()).fit()
    return float(fitted.params[0]), float(fitted.bse[0])


def test_the_textbooks_ratio_and_its_interval_come_out():
    found = asked(of_counts(UGDP))
    assert found.ratio == pytest.approx(1.33, abs=0.005)
    ends = [found.ratio * np.exp(sign * 1.96 * found.spread) for sign in (-1, 1)]
    assert ends == pytest.approx((0.80, 2.2), abs=0.015)
    assert found.low < ends[0] < ends[1] < found.high


@given(st.lists(st.tuples(*[st.integers(1, 40)] * 4), min_size=1, max_size=4))
def test_the_ratio_over_strata_is_that_of_statsmodels(tables):
    counts = {str(n): ((a, a + b), (c, c + d)) for n, (a, b, c, d) in enumerate(tables)}
    theirs = StratifiedTable([np.array([[a, b], [c, d]]) for a, b, c, d in tables]).riskratio_pooled
    assert asked(of_counts(counts)).ratio == pytest.approx(theirs)


@pytest.mark.parametrize("seed", ["one", "two", "three"])
def test_the_interval_is_that_of_estimating_equations_with_patients_as_groups(seed):
    rows = repeated(seed)
    found, (middle, robust) = asked(rows), by_gee(rows)
    patients = len({one.patient for one, _ in rows})
    assert np.log(found.ratio) == pytest.approx(middle, abs=1e-6)
    assert found.spread == pytest.approx(robust * (patients / (patients - 1)) ** 0.5, rel=1e-4)


def test_over_strata_it_agrees_with_them_within_a_few_percent():
    rows = repeated("strata", strata=3, patients=600)
    found, (middle, robust) = asked(rows), by_gee(rows)
    assert np.log(found.ratio) == pytest.approx(middle, abs=0.03)
    assert found.spread == pytest.approx(robust, rel=0.05)


def test_what_one_patient_says_four_times_is_one_persons_word():
    once = of_counts(UGDP)
    assert astuple(asked([row for row in once for _ in range(4)])) == pytest.approx(astuple(asked(once)))


def test_the_interval_holds_the_truth_nineteen_times_in_twenty_though_patients_differ():
    """Of treatments taken for independent it would hold it less than nine times in ten."""
    held = naive = 0
    for n in range(300):
        rows = repeated(f"cover {n}", strata=2, patients=100)
        found = asked(rows)
        held += found.low <= 1.4 <= found.high
        alone = asked([(replace(one, patient=place), felt) for place, (one, felt) in enumerate(rows)])
        naive += alone.low <= 1.4 <= alone.high
    print(f"the interval holds the true ratio in {held / 3:.0f} %, taken for independent in {naive / 3:.0f} %")
    assert held >= 0.91 * 300
    assert naive < 0.9 * 300


def test_a_side_without_any_event_counts_as_half_an_event_and_says_little():
    more, less = asked(of_counts({"all": ((8, 40), (0, 60))})), asked(of_counts({"all": ((0, 40), (8, 60))}))
    assert more.ratio == pytest.approx(8 / 40 / (0.5 / 60))
    assert 1 < more.low < more.ratio
    assert less.low == 0 or less.low < 0.2
    assert less.ratio == pytest.approx(0.5 / 40 / (8 / 60))


def test_an_interval_leaves_no_difference_out_just_where_it_is_unlikely():
    for n in range(60):
        rows = repeated(f"both {n}", strata=2, patients=60)
        found = asked(rows)
        assert (found.low < 1 and (found.high or 2) > 1) == (chance(rows) > 0.05)


def test_no_difference_is_as_likely_as_cochran_mantel_and_haenszel_say_where_everybody_comes_once():
    counts = {"first": ((60, 200), (90, 400)), "later": ((30, 300), (40, 500))}
    tables = [np.array([[a, n - a], [c, m - c]]) for (a, n), (c, m) in counts.values()]
    theirs = StratifiedTable(tables).test_null_odds(correction=False).pvalue
    assert chance(of_counts(counts)) == pytest.approx(theirs, rel=0.25)


def test_without_a_difference_one_in_twenty_is_called_unlikely_though_patients_differ():
    unlikely = naive = 0
    for n in range(300):
        rows = repeated(f"null {n}", strata=2, patients=80, ratio=1)
        unlikely += chance(rows) < 0.05
        naive += chance([(replace(one, patient=place), felt) for place, (one, felt) in enumerate(rows)]) < 0.05
    print(f"without a difference p is below 0.05 in {unlikely / 3:.0f} %, taken for independent in {naive / 3:.0f} %")
    assert unlikely <= 0.07 * 300
    assert naive >= 0.12 * 300


def test_strata_with_one_side_alone_tell_nothing():
    lonely = {**UGDP, "only tolbutamide": ((30, 30), (0, 0)), "only placebo": ((0, 0), (30, 30))}
    assert asked(of_counts(lonely)) == asked(of_counts(UGDP))
    assert chance(of_counts({"only tolbutamide": ((30, 30), (0, 0))})) == 1


@pytest.mark.parametrize("sides", SPARSE)
def test_where_a_side_has_few_events_the_interval_begins_where_the_score_interval_and_the_exact_one_do(sides):
    (events, of), (others, other_of) = sides
    low = asked(of_counts({"all": sides})).low
    with np.errstate(divide="ignore"):
        score, _ = confint_proportions_2indep(events, of, others, other_of, compare="ratio", method="score")
    share = binomtest(events, events + others).proportion_ci(method="exact").low
    exact = share / (1 - share) * other_of / of
    assert exact < low < 1.01 * score
    assert low == pytest.approx(score, rel=0.12)


def test_over_strata_the_interval_of_few_events_begins_above_the_truth_at_most_once_in_forty():
    above, random = 0, Random("sparse")
    for _ in range(400):
        drawn = [[(sum(random.random() < p for _ in range(of)), of) for p, of in RARE] for _ in range(3)]
        above += asked(of_counts({str(n): tuple(sides) for n, sides in enumerate(drawn)})).low > TWENTY
    print(f"the interval begins above the true ratio in {above / 4:.1f} %")
    assert above <= 400 / 40 + 5
