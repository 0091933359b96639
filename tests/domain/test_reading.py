"""When the clinic next reads."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pwa.domain.reading import Card, next_read

TORONTO = ZoneInfo("America/Toronto")
CARD: Card = {"reads": {"days": [1, 2, 3, 4, 5], "at": "09:00"}, "zone": "America/Toronto"}


@pytest.mark.parametrize(
    ("now", "read"),
    [
        ("2026-11-20T07:48", "2026-11-20T09:00-05:00"),  # Friday, early
        ("2026-11-20T09:00", "2026-11-23T09:00-05:00"),  # Friday, just being read: not promised any more
        ("2026-11-20T22:00", "2026-11-23T09:00-05:00"),  # Friday night: Monday
        ("2026-10-31T12:00", "2026-11-02T09:00-05:00"),  # over the night in which the clocks go back
        ("2026-03-07T12:00", "2026-03-09T09:00-04:00"),  # and forward
    ],
)
def test_the_next_reading_is_the_next_working_day_at_nine(now: str, read: str) -> None:
    assert next_read(CARD, datetime.fromisoformat(now).replace(tzinfo=TORONTO)).isoformat(timespec="minutes") == read


def test_a_clinic_that_reads_once_a_week_may_be_seven_days_away() -> None:
    card: Card = {"reads": {"days": [5], "at": "09:00"}, "zone": "America/Toronto"}
    friday = datetime(2026, 11, 20, 9, 30, tzinfo=TORONTO)
    assert next_read(card, friday).isoformat() == "2026-11-27T09:00:00-05:00"


def test_a_patient_far_away_is_told_the_clinic_s_own_hours() -> None:
    sunday_in_auckland = datetime(2026, 11, 23, 8, tzinfo=ZoneInfo("Pacific/Auckland"))
    assert next_read(CARD, sunday_in_auckland).isoformat() == "2026-11-23T09:00:00-05:00"


def test_a_clinic_that_never_reads_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one day"):
        next_read({"reads": {"days": [], "at": "09:00"}, "zone": "America/Toronto"}, datetime.now(TORONTO))


@given(
    st.integers(1_704_067_200, 1_924_991_999).map(lambda at: datetime.fromtimestamp(at, UTC)),  # 2024 to 2030
    st.sampled_from(sorted(available_timezones() - {"localtime", "Factory"})),
    st.sets(st.integers(1, 7), min_size=1),
    st.times(),
)
def test_it_is_always_ahead_and_within_eight_days(moment: datetime, zone: str, days: set[int], at: object) -> None:
    card: Card = {"reads": {"days": sorted(days), "at": str(at)[:5]}, "zone": zone}
    assert timedelta(0) < next_read(card, moment) - moment <= timedelta(days=8, hours=3)
