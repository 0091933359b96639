"""Civil days and the stretches after a treatment, in every zone that there is."""

import itertools
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pwa.domain.days import DAY_STARTS, after_mode_until, at_wall, day_of, window

ZONES = sorted(available_timezones() - {"localtime", "Factory"})
FIRST, LAST = datetime(2024, 1, 1, tzinfo=UTC), datetime(2031, 1, 1, tzinfo=UTC)
TORONTO = "America/Toronto"
GIVEN = datetime(2026, 11, 19, 14, tzinfo=ZoneInfo(TORONTO))

zones = st.sampled_from(ZONES)
moments = st.integers(int(FIRST.timestamp()), int(LAST.timestamp())).map(lambda at: datetime.fromtimestamp(at, UTC))


def test_at_one_in_the_morning_it_is_still_the_night_before() -> None:
    assert day_of(datetime(2026, 11, 20, 1, tzinfo=ZoneInfo(TORONTO)), TORONTO) == date(2026, 11, 19)
    assert day_of(datetime(2026, 11, 20, 2, 59, 59, tzinfo=ZoneInfo(TORONTO)), TORONTO) == date(2026, 11, 19)
    assert day_of(datetime(2026, 11, 20, 3, tzinfo=ZoneInfo(TORONTO)), TORONTO) == date(2026, 11, 20)


def test_the_day_is_that_of_the_zone_one_is_in() -> None:
    moment = datetime(2026, 11, 20, 15, tzinfo=UTC)
    assert day_of(moment, "Pacific/Auckland") == date(2026, 11, 21)
    assert day_of(moment, "America/Vancouver") == date(2026, 11, 20)


@given(moments, zones)
def test_a_day_is_what_the_wall_says_less_three_hours(moment: datetime, zone: str) -> None:
    wall = moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    assert day_of(moment, zone) == (wall - timedelta(hours=3)).date()


def test_days_go_forward_through_every_change_of_clocks_of_2024_to_2030() -> None:
    went_back = set()
    for zone, change in changes():
        days = [day_of(change + timedelta(minutes=30 * step), zone) for step in range(-12, 60)]
        steps = {(later - earlier).days for earlier, later in itertools.pairwise(days)}
        assert steps <= {-1, 0, 1}, (zone, change)
        went_back |= {zone} if -1 in steps else set()
    # There clocks go back from 03:45 to 02:45, and for a quarter of an hour last night is offered again.
    assert went_back <= {"Pacific/Chatham", "NZ-CHAT"}


def test_noon_of_every_day_of_2024_to_2030_is_that_day_in_every_zone() -> None:
    noons = [date(2024, 1, 1) + timedelta(days=n) for n in range((LAST - FIRST).days)]
    for zone in different_zones().values():
        there = ZoneInfo(zone)
        assert all(day_of(datetime.combine(day, time(12), there), zone) == day for day in noons), zone


@given(st.dates(date(2024, 1, 1), date(2030, 12, 31)), zones, st.times(DAY_STARTS))
def test_whatever_the_wall_shows_after_three_is_that_day_even_where_the_clock_jumps(
    day: date, zone: str, clock: time
) -> None:
    assert day_of(at_wall(day, clock, zone), zone) == day


@pytest.mark.parametrize(
    ("hours", "name"),
    [
        (-0.01, None),
        (0, "acute"),
        (3.99, "acute"),
        (4, "next-day"),
        (35.99, "next-day"),
        (36, "three-days"),
        (72, "three-days"),
        (108, "week"),
        (7 * 24, "week"),
        (204, "later"),
        (28 * 24 - 0.01, "later"),
        (28 * 24, "long-term"),
        (5000, "long-term"),
    ],
)
def test_the_window_is_counted_in_hours_since_the_treatment(hours: float, name: str | None) -> None:
    assert window(GIVEN, GIVEN + timedelta(hours=hours)) == name


def test_a_window_is_counted_in_true_hours_over_a_change_of_clocks() -> None:
    evening_before_the_clocks_go_back = datetime(2026, 10, 31, 22, 0, tzinfo=ZoneInfo(TORONTO))
    one_in_the_morning_twice = datetime(2026, 11, 1, 1, 30, fold=1, tzinfo=ZoneInfo(TORONTO))
    assert (
        window(evening_before_the_clocks_go_back.astimezone(UTC), one_in_the_morning_twice.astimezone(UTC))
        == "next-day"
    )


def test_after_mode_ends_at_six_the_next_morning() -> None:
    assert after_mode_until(GIVEN, TORONTO).isoformat() == "2026-11-20T06:00:00-05:00"


def test_after_mode_of_a_treatment_past_midnight_ends_the_same_morning() -> None:
    past_midnight = datetime(2026, 11, 20, 0, 30, tzinfo=ZoneInfo(TORONTO))
    assert after_mode_until(past_midnight, TORONTO).isoformat() == "2026-11-20T06:00:00-05:00"


@given(moments, zones)
def test_after_mode_is_ahead_and_never_longer_than_a_day_and_a_few_hours(moment: datetime, zone: str) -> None:
    ahead = after_mode_until(moment, zone) - moment
    assert timedelta(hours=1) < ahead < timedelta(hours=30) or skips_days(zone, moment)


@cache
def different_zones() -> dict[tuple[timedelta | None, ...], str]:
    """One zone for each way in which clocks go through these years: offsets at each midnight UTC, and a name."""
    midnights = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days)]
    return {tuple(day.astimezone(ZoneInfo(zone)).utcoffset() for day in midnights): zone for zone in ZONES}


def changes() -> list[tuple[str, datetime]]:
    """Each of them with each midnight UTC before its clocks change."""
    return [
        (zone, FIRST + timedelta(days=n))
        for offsets, zone in different_zones().items()
        for n, (now, after) in enumerate(itertools.pairwise(offsets))
        if now != after
    ]


def skips_days(zone: str, moment: datetime) -> bool:
    there = ZoneInfo(zone)
    before, after = (moment + timedelta(days=days) for days in (-2, 2))
    shift = (after.astimezone(there).utcoffset() or timedelta()) - (before.astimezone(there).utcoffset() or timedelta())
    return abs(shift) > timedelta(hours=3)
