"""Cycles laid over each other: one figure by how many days had passed since the treatment before it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pwa.clinic.standing import Standing
from pwa.records import CheckIn, Treatment

LEVELS = ("mood", "anxiety", "energy")
#: cycles that can be told from each other, and days after which one has long ended
MOST, LONGEST = 6, 42


@dataclass(frozen=True)
class Cycle:
    treatment: Treatment
    #: days since the treatment → figure; a day without an entry is not there
    figures: dict[int, int]


@dataclass(frozen=True)
class Cycles:
    level: str
    #: the oldest first
    all: list[Cycle]

    @property
    def days(self) -> range:
        """So far as any of them goes."""
        return range(max((max(cycle.figures, default=-1) for cycle in self.all), default=-1) + 1)


def cycles(entries: Iterable[Standing[CheckIn]], given: Sequence[Treatment], level: str) -> Cycles:
    """`entries`: the one felt last first. `given`: the oldest first; what was felt before the first is left out."""
    found = [Cycle(treatment, {}) for treatment in given]
    for entry in entries:
        before = [cycle for cycle in found if cycle.treatment.at <= entry.head.felt_at]
        figure = getattr(entry.head, level)
        if before and figure is not None:
            days = (entry.head.day - before[-1].treatment.day).days
            if 0 <= days <= LONGEST:
                before[-1].figures.setdefault(days, figure)
    return Cycles(level, found[-MOST:])
