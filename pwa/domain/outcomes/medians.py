"""The median of times that not everybody has reached, with an interval from the order of what was seen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from math import comb

from pwa.domain.signals.looking import TREATMENTS

ALPHA = 0.05


@dataclass(frozen=True)
class Median:
    #: in order; those who never got there are not among them
    times: tuple[int, ...]
    #: all that were looked at for long enough
    of: int

    @property
    def median(self) -> float | None:
        """None: half of them never got there."""
        middle = [self._nth((self.of - 1) // 2), self._nth(self.of // 2)]
        return None if None in middle or not self.of else sum(one or 0 for one in middle) / 2

    @cached_property
    def interval(self) -> tuple[int | None, int | None]:
        """At least 95 %, whatever the times look like (Conover, Practical Nonparametric Statistics). None: no end."""
        rank = _rank(self.of)
        return (self._nth(rank - 1), self._nth(self.of - rank)) if rank else (None, None)

    @property
    def events(self) -> int:
        """How many got there."""
        return len(self.times)

    @property
    def is_few(self) -> bool:
        """Too few to be judged."""
        return self.of < TREATMENTS

    def _nth(self, n: int) -> int | None:
        return self.times[n] if 0 <= n < len(self.times) else None


def median_of(times: Iterable[int], of: int) -> Median:
    return Median(tuple(sorted(times)), of)


def _rank(of: int) -> int:
    """The last one, from 1, that the median is below with a chance of at most half of ALPHA; 0: there is none."""
    below, rank = 0, 0
    for n in range(of):
        below += comb(of, n)
        if below > ALPHA / 2 * 2**of:
            break
        rank = n + 1
    return rank
