"""Where one is in a course."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from pwa.domain.course import end, place

NOW = datetime(2026, 11, 20, 14, tzinfo=UTC)


@dataclass(frozen=True)
class Treatment:
    status: str
    at: datetime
    number: int | None = None
    minutes: int = 90


def days(count: float, status: str = "given", number: int | None = None) -> Treatment:
    return Treatment(status, NOW + timedelta(days=count), number)


def test_in_the_middle_of_an_induction() -> None:
    treatments = [days(2.8, "planned", 4), days(-1, "given", 3), days(-9, "given", 1), days(-4, "given", 2)]
    here = place("induction", 6, treatments, NOW)
    assert (here.number, here.of) == (3, 6)
    assert here.last == treatments[1]
    assert here.next == treatments[0]


def test_before_the_first() -> None:
    here = place("induction", 6, [days(1, "planned", 1)], NOW)
    assert (here.number, here.last) == (0, None)
    assert here.next is not None


def test_maintenance_has_no_end_to_count_towards() -> None:
    here = place("maintenance", None, [days(-30), days(-5)], NOW)
    assert (here.phase, here.number, here.of, here.next) == ("maintenance", 2, None, None)


def test_a_cancelled_treatment_is_neither_last_nor_next() -> None:
    here = place("induction", 6, [days(-1, "cancelled"), days(1, "cancelled")], NOW)
    assert (here.last, here.next, here.number) == (None, None, 0)


def test_a_planned_treatment_is_next_until_its_end() -> None:
    now = Treatment("planned", NOW - timedelta(minutes=30))
    assert place("induction", 6, [now], NOW).next == now
    assert place("induction", 6, [now], end(now)).next is None
