from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from pwa.clinic.standing import standing
from pwa.clinic.timeline import lines
from pwa.records import CheckIn, Treatment

TODAY = date(2026, 11, 20)


def at(days: int, hour: int = 12) -> datetime:
    return datetime(2026, 11, 20, hour, tzinfo=UTC) - timedelta(days=days)


def check_in(days, hour=12, record=None, id=None, written=None):
    moment = at(days, hour)
    return CheckIn(
        record=record or f"r{moment}",
        version_id=id or f"v{moment}",
        day=TODAY - timedelta(days=days),
        felt_at=moment,
        written_at=written or moment,
    )


def treatment(days):
    return Treatment(record="t", version_id="t", day=TODAY - timedelta(days=days), at=at(days), status="given")


def told(*entries):
    return standing(entries, by=lambda entry: entry.felt_at)


def test_blank_days_that_follow_each_other_are_one_line():
    found = lines(told(check_in(0), check_in(4)), [], TODAY - timedelta(days=6), TODAY)
    assert [(line.is_blank, line.day, line.until) for line in found] == [
        (False, TODAY, TODAY),
        (True, date(2026, 11, 17), date(2026, 11, 19)),
        (False, date(2026, 11, 16), date(2026, 11, 16)),
        (True, date(2026, 11, 14), date(2026, 11, 15)),
    ]


def test_of_one_day_the_check_in_felt_last_comes_first_and_has_the_treatment_beside_it():
    first, second = lines(told(check_in(0, 8), check_in(0, 20)), [treatment(0)], TODAY, TODAY)
    assert first.entry.head.felt_at.hour == 20
    assert first.treatment is not None
    assert second.treatment is None


def test_a_treatment_ahead_stands_above_today():
    found = lines(told(), [treatment(-3)], TODAY, TODAY)
    assert [line.day for line in found] == [date(2026, 11, 23), TODAY]


def test_of_two_heads_the_later_written_is_shown_then_the_greater_id():
    early = check_in(0, record="r", id="b", written=at(0, 9))
    late = check_in(0, record="r", id="a", written=at(0, 10))
    [one] = told(early, late)
    assert (one.head, one.others) == (late, [early])
    [same] = told(check_in(0, record="r", id="a"), check_in(0, record="r", id="b"))
    assert same.head.version_id == "b"
