"""How somebody was before and after the first treatment: windows alike for everybody, and nothing filled in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest

from pwa.domain.outcomes import FirstCourse, first_course

AT = datetime(2026, 6, 1, 15, tzinfo=UTC)


@dataclass(frozen=True)
class Given:
    at: datetime
    number: int | None = None
    route: str = "iv"

    @property
    def record(self) -> str:
        return self.at.isoformat()

    @property
    def day(self) -> date:
        return self.at.date()


@dataclass(frozen=True)
class CheckedIn:
    felt_at: datetime
    mood: int | None = None
    thoughts: str | None = None

    @property
    def day(self) -> date:
        return self.felt_at.date()


def given(*days: float) -> list[Given]:
    return [Given(AT + timedelta(days=day), n + 1) for n, day in enumerate(days)]


def mood(days: float, level: int) -> CheckedIn:
    return CheckedIn(AT + timedelta(days=days), mood=level)


def asked(days: float, answer: str) -> CheckedIn:
    return CheckedIn(AT + timedelta(days=days), thoughts=answer)


SIX = (0, 3, 7, 10, 14, 17)


def course(*check_ins: CheckedIn, days=SIX) -> FirstCourse:
    found = first_course(given(*days), check_ins)
    assert found
    return found


def test_six_treatments_have_a_day_of_the_sixth_and_five_have_none():
    assert (course().sixth, course().days) == (date(2026, 6, 18), 17)
    five = course(days=SIX[:5])
    assert (five.sixth, five.days, five.lasting) == (None, None, None)


def test_who_came_in_the_middle_of_a_course_has_no_beginning():
    assert first_course([Given(AT, 4)], []) is None
    assert first_course([Given(AT, None)], []) is None
    assert first_course([], []) is None


@pytest.mark.parametrize(
    ("check_ins", "said"),
    [
        ([mood(-2, 3), mood(1, 5)], "yes"),
        ([mood(-2, 3), mood(1, 4)], "no"),
        ([mood(-2, 3), mood(-1, 5), mood(1, 7), mood(2, 5)], "yes"),
        ([mood(1, 7)], "no-before"),
        ([mood(-8, 3), mood(1, 7)], "no-before"),
        ([mood(-2, 3)], "no-after"),
        ([mood(-2, 3), mood(0.1, 9)], "no-after"),
        ([mood(-2, 3), mood(3.1, 9)], "no-after"),
        ([mood(-2, 9), mood(1, 10)], "not-so"),
    ],
)
def test_relief_is_a_mean_two_points_above_the_week_before_from_4_to_72_hours(check_ins, said):
    assert course(*check_ins).relief == said


def test_relief_is_not_looked_for_after_the_second_treatment():
    assert course(mood(-2, 3), mood(2.5, 9), days=(0, 2)).relief == "no-after"


@pytest.mark.parametrize(
    ("check_ins", "said"),
    [
        ([asked(-3, "often"), asked(20, "now-and-then")], "yes"),
        ([asked(-3, "now-and-then"), asked(20, "no"), asked(27, "no")], "yes"),
        ([asked(-3, "now-and-then"), asked(20, "no"), asked(27, "now-and-then")], "no"),
        ([asked(-3, "no"), asked(20, "no")], "not-so"),
        ([asked(-15, "often"), asked(20, "no")], "no-before"),
        ([asked(-3, "often"), asked(10, "no"), asked(29, "no")], "no-after"),
        ([asked(-3, "often"), asked(20, "no"), asked(21, "rather-not-say")], "no-after"),
        ([asked(-3, "rather-not-say"), asked(20, "no")], "no-before"),
    ],
)
def test_thoughts_are_fewer_if_the_strongest_answer_is_and_rather_not_say_is_no_answer(check_ins, said):
    assert course(*check_ins).thoughts == said


@pytest.mark.parametrize(
    ("check_ins", "said"),
    [
        ([mood(-2, 3), mood(20, 6), mood(45, 5)], "yes"),
        ([mood(-2, 3), mood(20, 6), mood(45, 4)], "no"),
        ([mood(-2, 3), mood(20, 4), mood(45, 8)], "not-so"),
        ([mood(-2, 3), mood(20, 6), mood(30, 8)], "no-after"),
        ([mood(-2, 3), mood(45, 8)], "no-before"),
        ([mood(20, 6), mood(45, 8)], "no-before"),
    ],
)
def test_a_benefit_lasts_if_mood_that_was_up_after_the_sixth_still_is_three_to_five_weeks_later(check_ins, said):
    assert course(*check_ins).lasting == said
