"""Whether the last days differ from those before the first treatment by more than a person's days do anyway.

No published figure says what a reliable change of one question from 0 to 10 is. The line is that of the safety rule for
a low mood, drawn on both sides: its sources, and how often it is crossed by chance, are in docs/change.md."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import fmean, stdev

#: days with an entry that make a baseline, at least, within so many before the first treatment
NEEDED, REACHES = 14, timedelta(days=28)
#: the last days with an entry that are held against it, with so many blank ones among them at most
LAST, GAP = 3, timedelta(days=2)
#: a difference counts from so many points, and beyond so many standard deviations of the baseline's days
POINTS, SPREADS = 2, 1.5


@dataclass(frozen=True)
class Baseline:
    #: days with an entry
    days: int
    mean: float
    #: standard deviation from day to day
    spread: float

    @property
    def line(self) -> float:
        """How far a mean must be away to count."""
        return max(POINTS, SPREADS * self.spread)


@dataclass(frozen=True)
class Change:
    """What cannot be said is None."""

    #: days with an entry before the first treatment
    days: int
    baseline: Baseline | None
    #: mean of the last days
    now: float | None
    #: the first and the last of them
    when: tuple[date, date] | None

    @property
    def difference(self) -> float | None:
        return None if self.baseline is None or self.now is None else self.now - self.baseline.mean

    @property
    def is_reliable(self) -> bool:
        """Both halves of the rule: at least so many points, and more than so many standard deviations."""
        if self.baseline is None or self.difference is None:
            return False
        far = abs(self.difference)
        return far >= POINTS and far > SPREADS * self.baseline.spread


def change(before: Mapping[date, float], lately: Mapping[date, float]) -> Change:
    """Figures by day: of the four weeks before the first treatment, and of the last ones after it."""
    days = sorted(lately)[-LAST:]
    is_close = len(days) == LAST and days[-1] - days[0] <= timedelta(days=LAST - 1) + GAP
    now = fmean(lately[day] for day in days) if is_close else None
    base = None
    if len(before) >= NEEDED:
        base = Baseline(len(before), fmean(before.values()), stdev(before.values()))
    return Change(len(before), base, now, (days[0], days[-1]) if is_close else None)
