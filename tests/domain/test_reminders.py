"""Two years of dates in every zone: each reminder once a local day, never in quiet hours, none skipped."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pwa.domain.reminders import HOURS, IN_ORDER, LATEST, QUIET_FROM, QUIET_UNTIL, Choice, due, is_ignored, is_quiet

ZONES = sorted(available_timezones() - {"localtime"})
FIRST, DAYS = date(2026, 1, 1), 730
TORONTO = "America/Toronto"
OK_HOURS = st.sampled_from([None, 2, 6, 12])


@dataclass(frozen=True)
class Given:
    at: datetime
    status: str = "given"
    place: str = "clinic"
    ok_by: datetime | None = None


def local(zone: str, day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, ZoneInfo(zone))


def kinds(treatment: Given, choice: Choice | None = None) -> list[tuple[str, str]]:
    nine = timedelta(days=9)
    found = due(choice or Choice(), [treatment], [], TORONTO, treatment.at - nine, treatment.at + nine)
    return [(each.kind, each.at.astimezone(ZoneInfo(TORONTO)).strftime("%a %H:%M")) for each in found]


@pytest.mark.parametrize("zone", ZONES)
def test_the_daily_one_comes_once_a_local_day_in_every_zone_for_two_years(zone):
    for clock in (HOURS[0], "13:00", HOURS[-1]):
        start, end = local(zone, FIRST, time(0)), local(zone, FIRST + timedelta(days=DAYS), time(0))
        found = due(Choice(daily=time.fromisoformat(clock)), [], [], zone, start, end)
        assert [each.day for each in found] == [FIRST + timedelta(days=n) for n in range(DAYS)]
        for each in found:
            there = each.at.astimezone(ZoneInfo(zone))
            assert there.date() == each.day
            assert QUIET_UNTIL <= there.time() < QUIET_FROM


@settings(max_examples=300)
@given(
    zone=st.sampled_from(ZONES),
    starts=st.lists(st.tuples(st.integers(0, DAYS * 24 * 4), OK_HOURS), min_size=1, max_size=8),
    checks=st.sets(st.integers(0, DAYS), max_size=5),
    daily=st.sampled_from([None, *HOURS]),
    cuts=st.lists(st.integers(0, DAYS * 24 * 60), max_size=12),
)
def test_a_course_however_it_lies_and_however_often_one_looks(zone, starts, checks, daily, cuts):
    begin = local(zone, FIRST, time(0)).astimezone(UTC)
    times = [(begin + timedelta(minutes=15 * n), hours) for n, hours in starts]
    treatments = [Given(at, ok_by=at + timedelta(hours=hours) if hours else None) for at, hours in times]
    days = {FIRST + timedelta(days=n) for n in checks}
    choice = Choice(daily=time.fromisoformat(daily) if daily else None)
    end = begin + timedelta(days=DAYS + 5)
    whole = due(choice, treatments, days, zone, begin, end)
    assert len({each.day for each in whole}) == len(whole)
    assert not any(is_quiet(each.at, zone) for each in whole)
    edges = [begin, *sorted(begin + timedelta(minutes=n) for n in cuts), end]
    parts = [due(choice, treatments, days, zone, a, b) for a, b in itertools.pairwise(edges)]
    assert whole == list(itertools.chain(*parts))
    by_day = {each.day: each for each in whole}
    for treatment in treatments:
        for hours in (20, 72):
            meant = (treatment.at + timedelta(hours=hours)).astimezone(ZoneInfo(zone))
            assert meant.date() + timedelta(days=meant.time() >= QUIET_FROM) in by_day, "skipped"
    assert days <= by_day.keys()


def test_after_a_morning_at_the_clinic():
    friday = Given(local(TORONTO, date(2026, 11, 20), time(10)))
    assert kinds(friday) == [("evening", "Fri 18:00"), ("next-day", "Sat 08:00"), ("third-day", "Mon 10:00")]


def test_a_late_treatment_moves_its_evening_and_a_night_one_has_none():
    day = date(2026, 11, 20)
    assert kinds(Given(local(TORONTO, day, time(17))))[0] == ("evening", "Fri 19:00")
    assert kinds(Given(local(TORONTO, day, time(18, 30))))[0] == ("evening", "Fri 20:30")
    assert kinds(Given(local(TORONTO, day, time(18, 31))))[0] == ("next-day", "Sat 14:31")


@pytest.mark.parametrize(
    ("treatment", "count"),
    [
        (Given(local(TORONTO, date(2026, 11, 20), time(10)), "planned"), 3),
        (Given(local(TORONTO, date(2026, 11, 20), time(10)), "cancelled"), 0),
        (Given(local(TORONTO, date(2026, 11, 20), time(10)), "planned", "home"), 0),
        (Given(local(TORONTO, date(2026, 11, 20), time(10)), "given", "home"), 3),
    ],
    ids=["planned", "cancelled", "planned at home", "taken at home"],
)
def test_what_is_asked_about_and_what_would_sound_like_a_reminder_of_a_dose(treatment, count):
    found = kinds(treatment)
    assert len(found) == count


@pytest.mark.parametrize(
    ("taken", "hours", "comes"),
    [
        (time(8), 6, "13:00"),
        (time(14), 6, "19:00"),
        (time(15), 6, "20:00"),
        (time(17), 6, "20:30"),  # 22:00 would be at night
        (time(18, 30), 6, "20:30"),
        (time(18, 31), 6, None),
        (time(23), 6, None),
        (time(2), 6, None),
        (time(3), 6, "08:00"),
        (time(10), 12, "20:30"),
        (time(10), 3, "12:00"),
        (time(10), 2, None),  # nobody is asked within two hours
    ],
)
def test_before_the_clinic_is_told_of_no_word_of_being_ok_the_patient_is_asked_by_day(taken, hours, comes):
    at = local(TORONTO, date(2026, 11, 20), taken)
    dose = Given(at, place="home", ok_by=at + timedelta(hours=hours))
    assert dict(kinds(dose)).get("ok", "Fri None") == f"Fri {comes}"
    assert "ok" not in dict(kinds(replace(dose, ok_by=None)))
    assert kinds(dose, Choice(sessions=False)) == kinds(dose, Choice(way="off")) == []


def test_what_is_not_wanted_does_not_come():
    treatment = Given(local(TORONTO, date(2026, 11, 20), time(10)))
    assert kinds(treatment, Choice(sessions=False)) == []
    assert kinds(treatment, Choice(way="off", daily=time(9))) == []
    day = date(2026, 11, 20)
    around = (local(TORONTO, day, time(0)), local(TORONTO, day, time(23)))
    assert due(Choice(checks=False), [], [day], TORONTO, *around) == []
    assert [each.kind for each in due(Choice(), [], [day], TORONTO, *around)] == ["check"]


def test_of_several_on_a_day_the_one_after_a_treatment_comes_and_a_check_waits_for_a_free_one():
    at, checks = local(TORONTO, date(2026, 11, 20), time(10)), [date(2026, 11, 20)]
    found = due(Choice(daily=time(9)), [Given(at)], checks, TORONTO, at - timedelta(days=1), at + timedelta(days=4))
    assert [each.kind for each in found] == ["evening", "next-day", "check", "third-day", "daily"]


def test_a_check_waits_three_days_for_a_free_one_and_then_takes_the_place_of_what_would_come():
    at, day = local(TORONTO, date(2026, 11, 20), time(10)), date(2026, 11, 20)
    taken = [Given(at + timedelta(days=n), place="home") for n in range(6)]
    found = due(Choice(), taken, [day], TORONTO, at - timedelta(days=1), at + timedelta(days=5))
    assert [(each.kind, (each.day - day).days) for each in found if each.kind == "check"] == [("check", 3)]
    assert len({each.day for each in found}) == len(found)


def test_an_hour_that_the_clocks_jump_over_and_one_that_comes_twice():
    # Lord Howe moves by half an hour, Troll by two; neither loses a day or sends one twice
    for zone in (TORONTO, "Australia/Lord_Howe", "Antarctica/Troll", "Pacific/Chatham", "Africa/Casablanca"):
        start = local(zone, FIRST, time(0))
        found = due(Choice(daily=QUIET_UNTIL), [], [], zone, start, start + timedelta(days=DAYS))
        assert len(found) in (DAYS, DAYS + 1)


def test_two_in_a_row_that_nothing_followed_are_ignored():
    at = datetime(2026, 11, 20, 18, tzinfo=UTC)
    first, second, third = (at + timedelta(days=n) for n in range(3))
    assert not is_ignored([], None)
    assert not is_ignored([first], None)
    assert is_ignored([first, second], None)
    assert is_ignored([first, second], at - timedelta(days=1))
    assert not is_ignored([first, second], first + timedelta(hours=1))
    assert not is_ignored([first, second], second + timedelta(hours=1))
    assert is_ignored([first, second, third], first + timedelta(hours=1))


def test_no_choice_lies_in_quiet_hours():
    assert all(QUIET_UNTIL <= time.fromisoformat(hour) < QUIET_FROM for hour in HOURS)
    assert timedelta(hours=12) > LATEST
    assert IN_ORDER[-1] == "daily"
