"""Where one is in a course."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from pwa.domain.course import is_given, place

NOW = datetime(2026, 11, 20, 14, tzinfo=UTC)


@dataclass(frozen=True)
class Course:
    phase: str = "induction"
    route: str = "iv"
    planned: int | None = 6
    started: date = date(2026, 11, 10)


@dataclass(frozen=True)
class Treatment:
    at: datetime
    number: int | None = None
    route: str = "iv"
    status: str = "given"
    record: str = "one"

    @property
    def day(self) -> date:
        return self.at.date()


def ago(days: float, number: int | None = None, route: str = "iv") -> Treatment:
    return Treatment(NOW - timedelta(days=days), number, route)


def test_in_the_middle_of_an_induction() -> None:
    here = place(Course(), [ago(1, 3), ago(9, 1), ago(4, 2)])
    assert (here.number, here.of) == (3, 6)


def test_before_the_first() -> None:
    assert place(Course(), []).number == 0


def test_sessions_without_a_number_are_counted() -> None:
    assert place(Course(), [ago(9), ago(4)]).number == 2


def test_what_came_before_a_course_is_none_of_it_whatever_its_number() -> None:
    assert place(Course(started=date(2026, 11, 20)), [ago(9, 3), ago(4, 4)]).number == 0


def test_a_session_by_another_route_is_none_of_the_course() -> None:
    assert place(Course(), [ago(4, 2), ago(1, 3, "sublingual")]).number == 2
    assert place(Course(route="sublingual"), [ago(4, 2), ago(1, 3)]).number == 0


def test_maintenance_has_no_end_to_count_towards() -> None:
    here = place(Course("maintenance", planned=None), [ago(5)])
    assert (here.phase, here.number, here.of) == ("maintenance", 1, None)


def test_a_plan_is_given_once_its_dose_was_taken_at_home() -> None:
    plan = Treatment(NOW, status="planned")
    assert not is_given(plan, set())
    assert is_given(plan, {"one"})
    assert not is_given(Treatment(NOW, status="cancelled"), {"one"})
