from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

import pytest

from pwa.domain.checks import by_id
from pwa.domain.due import unanswered

FIRST, LAST = date(2026, 10, 1), date(2026, 11, 20)


@dataclass(frozen=True)
class Dose:
    at: datetime
    mg: float | None = 40


def noon(day):
    return datetime.combine(day, time(12), UTC)


def end_of(day):
    return datetime.combine(day + timedelta(days=1), time(0), UTC)


def found(check, doses, answers, phase="induction", first=FIRST):
    taken, said = [Dose(noon(day)) for day in doses], [noon(day) for day in answers]
    dues = unanswered(by_id(check), taken, said, lambda day: phase, (first, LAST), end_of)
    return [(one.day, one.is_missed, one.ended) for one in dues]


def test_a_check_that_waits_is_due_since_the_day_on_which_it_fell_due():
    answered = date(2026, 10, 20)
    assert found("memory", [date(2026, 10, 21)], [answered]) == [(answered + timedelta(days=28), False, None)]


def test_what_was_answered_the_day_it_fell_due_or_soon_after_is_not_told():
    days = [date(2026, 10, 5), date(2026, 11, 2), date(2026, 11, 4)]
    assert found("memory", [date(2026, 10, 6)], days) == []


def test_what_was_not_answered_before_the_next_treatment_is_missed_though_it_was_answered_later():
    doses, answers = [date(2026, 10, 6), date(2026, 11, 10)], [date(2026, 10, 5), date(2026, 11, 12)]
    assert found("memory", doses, answers) == [(date(2026, 11, 2), True, date(2026, 11, 12))]


def test_what_is_no_longer_due_and_was_not_answered_is_missed():
    assert found("driving", [date(2026, 10, 6)], []) == [(date(2026, 10, 6), True, date(2026, 10, 8))]


def test_a_baseline_waits_before_the_first_treatment():
    assert found("memory", [], []) == [(FIRST - timedelta(days=28), False, None)]


def test_in_maintenance_it_is_due_after_each_treatment():
    doses, answers = [date(2026, 11, 18)], [date(2026, 11, 1)]
    assert found("bladder", doses, answers, "maintenance") == [(date(2026, 11, 18), False, None)]
    assert found("bladder", doses, answers) == []


@pytest.mark.parametrize(("first", "is_told"), [(date(2026, 10, 8), True), (date(2026, 10, 9), False)])
def test_what_ended_before_the_first_day_is_not_told(first, is_told):
    assert bool(found("driving", [date(2026, 10, 6)], [], first=first)) == is_told
