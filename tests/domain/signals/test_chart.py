"""The chart over weeks: its arithmetic, and what it takes into account."""

from __future__ import annotations

from math import log
from random import Random

import numpy as np
import pytest

from pwa.domain.signals.chart import ABOVE, LIMIT, ODDS, Watched, Weeks

BEFORE, AFTER = range(26), range(26, 39)


def rows(
    rate: float, later: float, seed: str = "", a_week: int = 60, repeated: bool = False
) -> list[tuple[Watched, bool]]:
    """Treatments of different patients, or of patients of whom each says the same eight times."""
    chance, made = Random(seed), []
    for week in (*BEFORE, *AFTER):
        share = rate if week < AFTER[0] else later
        for n in range(0, a_week, 8 if repeated else 1):
            felt = chance.random() < share
            made += [(Watched(week, (week, n), "all"), felt)] * (8 if repeated else 1)
    return made


def drawn(made: list[tuple[Watched, bool]]):
    weeks = Weeks([one for one, _ in made], AFTER[0])
    felt = [n for n, (_, had) in enumerate(made) if had]
    before = weeks.baseline(felt)
    return before, weeks.chart(felt, before)


def test_the_level_is_the_sum_of_the_log_likelihood_ratios_and_never_below_nothing():
    made = rows(0.05, 0.1, "sum")
    before, weeks = drawn(made)
    chance, level = before.expects("all"), 0.0
    for week in weeks:
        had = np.array([felt for one, felt in made if one.week == week.week])
        odds = ODDS * chance / (1 - chance)
        other = odds / (1 + odds)
        sums = np.where(had, np.log(other / chance), np.log((1 - other) / (1 - chance))).sum()
        level = max(0.0, level + sums / before.scatter)
        assert week.level == pytest.approx(level)
        assert week.expected == pytest.approx(chance * 60)


def test_it_is_made_for_four_percent_that_become_eleven():
    assert log(0.11 / 0.89) - log(0.04 / 0.96) == pytest.approx(log(ODDS), abs=0.02)


def test_the_baseline_is_taken_at_the_upper_end_of_what_it_may_be():
    before, _ = drawn(rows(0.05, 0.05, "upper"))
    share = before.events / before.of
    assert before.expects("all") == pytest.approx(share * (1 + ABOVE * (before.scatter / before.events) ** 0.5))


def test_treatments_of_different_patients_scatter_as_independent_ones_do_and_those_of_one_patient_more():
    alone, _ = drawn(rows(0.1, 0.1, "alone"))
    together, _ = drawn(rows(0.1, 0.1, "together", a_week=240, repeated=True))
    assert alone.scatter == pytest.approx(1, abs=0.1)
    assert together.scatter == pytest.approx(8, rel=0.1)


def test_a_change_in_who_is_treated_is_no_change_of_the_rate():
    """First treatments bring it in thirty of a hundred, later ones in five; then come many more first ones."""
    chance, made = Random("mix"), []
    for week in (*BEFORE, *AFTER):
        for n in range(100):
            stratum = "first" if n < (10 if week in BEFORE else 60) else "later"
            felt = chance.random() < (0.3 if stratum == "first" else 0.05)
            made.append((Watched(week, (week, n), stratum), felt))
    _, weeks = drawn(made)
    assert max(week.level for week in weeks) < LIMIT
    assert max(week.level for week in drawn([(Watched(o.week, o.patient, "all"), f) for o, f in made])[1]) > LIMIT


def test_a_short_time_or_a_handful_of_events_is_no_baseline():
    assert drawn_baseline(rows(0.1, 0.1, "short", a_week=7)) is None
    assert drawn_baseline(rows(0.002, 0.1, "rare")) is None
    assert drawn_baseline(rows(0.1, 0.1, "enough")) is not None


def drawn_baseline(made: list[tuple[Watched, bool]]):
    weeks = Weeks([one for one, _ in made], AFTER[0])
    return weeks.baseline([n for n, (_, had) in enumerate(made) if had])
