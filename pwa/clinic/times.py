"""How days and moments read at the clinic: by its own clock, near ones by name, late ones marked."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Protocol
from zoneinfo import ZoneInfo

from babel.dates import format_date
from flask_babel import gettext as _

from pwa.clinic.desk import blueprint, here, locale, today
from pwa.domain.days import monday_of
from pwa.domain.words import N_

#: written so much later than felt, or come so much later than written, that a reader must know
LATE_WRITTEN, LATE_ARRIVED = timedelta(hours=3), timedelta(hours=1)
FAR = timedelta(days=300)
#: days from today → name
NEAR = {0: N_("today"), 1: N_("tomorrow"), -1: N_("yesterday")}


class Entry(Protocol):
    @property
    def day(self) -> date: ...
    @property
    def felt_at(self) -> datetime: ...
    @property
    def written_at(self) -> datetime: ...
    @property
    def received_at(self) -> datetime: ...
    @property
    def zone(self) -> str: ...


@blueprint.app_template_filter("day")
def day_words(day: date) -> str:
    """Thu 19 Nov; with the year where it could be taken for another."""
    if abs(day - today()) > FAR:
        return _date(day, "d MMM y")
    return _date(day, "EEE d MMM")


@blueprint.app_template_filter("near_day")
def near_day_words(day: date) -> str:
    """Within a sentence; `up` begins one."""
    name = NEAR.get((day - today()).days)
    return str(_(name)) if name else day_words(day)


@blueprint.app_template_filter("full_day")
def full_day_words(day: date) -> str:
    return _date(day, "EEEE d MMMM")


@blueprint.app_template_filter("date_of")
def date_words(day: date) -> str:
    return _date(day, "d MMM y")


@blueprint.app_template_filter("short_day")
def short_day_words(day: date) -> str:
    return _date(day, "d MMM")


@blueprint.app_template_filter("monday")
def monday(week: int) -> date:
    """The first day of a week that is counted from the year 1."""
    return monday_of(week)


@blueprint.app_template_filter("sunday")
def sunday(week: int) -> date:
    """The last day of such a week."""
    return monday_of(week + 1) - timedelta(days=1)


@blueprint.app_template_filter("clock")
def clock_words(moment: datetime) -> str:
    return f"{here(moment):%H:%M}"


@blueprint.app_template_filter("clock_on")
def clock_on_words(moment: datetime, day: date) -> str:
    """The hour of this day; one after midnight that still counts to the day before carries its own day."""
    felt_on = here(moment).date()
    return clock_words(moment) if felt_on == day else f"({day_words(felt_on)} {clock_words(moment)})"


@blueprint.app_template_filter("when")
def when_words(moment: datetime, on_paper: bool = False) -> str:
    """today 07:48; Thu 19 Nov 21:55; on paper, which is read on other days, 20 Nov 2026 07:48."""
    day = here(moment).date()
    return f"{date_words(day) if on_paper else near_day_words(day)} {clock_words(moment)}"


@blueprint.app_template_filter("felt")
def felt_words(entry: Entry, on_paper: bool = False) -> str:
    """The hour stands only where it was written then: of an earlier day the patient gives the day alone."""
    if not is_written_late(entry):
        return when_words(entry.felt_at, on_paper)
    return date_words(entry.day) if on_paper else near_day_words(entry.day)


@blueprint.app_template_filter("came")
def came_words(entry: Entry) -> str:
    """When it arrived: the clock alone on the day on which it was written."""
    is_same_day = here(entry.received_at).date() == here(entry.written_at).date()
    return clock_words(entry.received_at) if is_same_day else when_words(entry.received_at)


@blueprint.app_template_filter("up")
def up(words: str) -> str:
    return words[:1].upper() + words[1:]


@blueprint.app_template_test("written_late")
def is_written_late(entry: Entry) -> bool:
    return entry.written_at - entry.felt_at > LATE_WRITTEN


@blueprint.app_template_test("day_alone")
def is_day_alone(entry: Entry) -> bool:
    """Written on a later day about the middle of this one, as phones say where nobody gave the hour."""
    noon = entry.felt_at.astimezone(ZoneInfo(entry.zone))
    return is_written_late(entry) and noon.time() == time(12)


@blueprint.app_template_test("arrived_late")
def has_arrived_late(entry: Entry) -> bool:
    return entry.received_at - entry.written_at > LATE_ARRIVED


def _date(day: date, pattern: str) -> str:
    return _written_out(day, pattern, locale())


@lru_cache(4096)
def _written_out(day: date, pattern: str, language: str) -> str:
    """A page of nine months writes the same few hundred days again and again."""
    return str(format_date(day, pattern, locale=language))
