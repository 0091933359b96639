"""The table of days: what was entered, what was given, and where nothing was. The chart draws this table."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import zip_longest
from types import MappingProxyType

from pwa.clinic.marks import Mark
from pwa.clinic.standing import Standing
from pwa.records import CheckIn, Treatment

NOTHING: Mapping[date, Sequence[Mark]] = MappingProxyType({})


@dataclass(frozen=True)
class Line:
    """A check-in, a treatment or both; with neither, the days from `day` to `until` have no entry."""

    day: date
    until: date
    entry: Standing[CheckIn] | None = None
    treatment: Treatment | None = None
    #: what else was on this day
    marks: Sequence[Mark] = ()

    @property
    def is_blank(self) -> bool:
        return self.entry is None and self.treatment is None and not self.marks


def lines(
    entries: Iterable[Standing[CheckIn]],
    treatments: Iterable[Treatment],
    first: date,
    today: date,
    marks: Mapping[date, Sequence[Mark]] = NOTHING,
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
    for day in sorted(passed | told.keys() | given.keys() | marks.keys(), reverse=True):
        also = [marks[day]] if day in marks else []
        together = zip_longest(told.get(day, ()), given.get(day, ()), also)
        said = [Line(day, day, entry, treatment, those or ()) for entry, treatment, those in together]
        found += said or _blank(day, found)
    return found


def _blank(day: date, found: list[Line]) -> list[Line]:
    """Blank days that follow each other are one line."""
    after = found.pop() if found and found[-1].is_blank else None
    return [replace(after, day=day)] if after else [Line(day, day)]
