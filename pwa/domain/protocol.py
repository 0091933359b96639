"""A protocol of treatment: so many over so many days, then one every so often."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol, TypeVar


class Treatment(Protocol):
    @property
    def at(self) -> datetime: ...


T = TypeVar("T", bound=Treatment)
#: how many treatments of a maintenance are planned ahead
AHEAD = 4
SATURDAY = 6
#: one that would fall on a weekend comes at most so much later
WEEKEND = timedelta(days=3)


@dataclass(frozen=True)
class Rhythm:
    #: an induction: how many treatments, from the first day to the last
    treatments: int
    days: int
    #: at least so many days between two
    apart: int
    #: days between two in maintenance
    every: int
    #: none falls on a weekend
    workdays: bool = True


def induction(rhythm: Rhythm, first: date) -> list[date]:
    """Spread evenly from the first day on, never closer than the rhythm allows."""
    gaps = max(rhythm.treatments - 1, 1)
    wished = (first + timedelta(days=round(n * (rhythm.days - 1) / gaps)) for n in range(rhythm.treatments))
    return list(_apart(wished, rhythm))


def maintenance(rhythm: Rhythm, first: date, count: int = AHEAD) -> list[date]:
    return list(_apart((first + timedelta(days=n * rhythm.every) for n in range(count)), rhythm))


def in_rhythm(treatments: Iterable[T], every: int, moment: datetime) -> list[T]:
    """Of a maintenance, what follows in its rhythm from now on, the one before included unless that is longer ago.

    A gap with room for one more ends it: what is planned far beyond, such as a booster, is not of it yet.
    `treatments`: by time."""
    step = timedelta(days=every)
    found: list[T] = []
    for one in treatments:
        if found and one.at - found[-1].at >= 2 * step + WEEKEND:
            break
        if one.at >= moment - step:
            found.append(one)
    return found


def _apart(wished: Iterator[date], rhythm: Rhythm) -> Iterator[date]:
    before: date | None = None
    for day in wished:
        day = max(day, before + timedelta(days=rhythm.apart)) if before else day
        if rhythm.workdays and day.isoweekday() >= SATURDAY:
            day += timedelta(days=8 - day.isoweekday())
        yield (before := day)
