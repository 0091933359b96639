"""The table of days: what was entered, what was given, and where nothing was. The chart draws this table."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import zip_longest

from pwa.clinic.standing import Standing
from pwa.records import CheckIn, Treatment


@dataclass(frozen=True)
class Line:
    """A check-in, a treatment or both; with neither, the days from `day` to `until` have no entry."""

    day: date
    until: date
    entry: Standing[CheckIn] | None = None
    treatment: Treatment | None = None

    @property
    def is_blank(self) -> bool:
        return self.entry is None and self.treatment is None


def lines(
    entries: Iterable[Standing[CheckIn]], treatments: Iterable[Treatment], first: date, today: date
) -> list[Line]:
    """The newest first; of one day the check-in felt last comes first. `entries` are in that order already."""
    told: dict[date, list[Standing[CheckIn]]] = defaultdict(list)
    given: dict[date, list[Treatment]] = defaultdict(list)
    for entry in entries:
        told[entry.head.day].append(entry)
    for treatment in treatments:
        given[treatment.day].append(treatment)
    passed = {today - timedelta(days=n) for n in range((today - first).days + 1)}
    found: list[Line] = []
    for day in sorted(passed | told.keys() | given.keys(), reverse=True):
        said = [Line(day, day, *both) for both in zip_longest(told.get(day, ()), given.get(day, ()))]
        found += said or _blank(day, found)
    return found


def _blank(day: date, found: list[Line]) -> list[Line]:
    """Blank days that follow each other are one line."""
    after = found.pop() if found and found[-1].is_blank else None
    return [replace(after, day=day)] if after else [Line(day, day)]
