"""The effects of one treatment, of all that was told until the next day together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from pwa.domain.effects import YES_NO

#: the windows in which it is asked what a treatment itself brought
TOLD_IN = ("acute", "next-day")
#: gone within hours; what still goes on the next day is not
HOURS = frozenset({"under-1h", "1-4h", "4-12h"})
LONGER = "longer"
MILD = 1


class Said(Protocol):
    @property
    def window(self) -> str: ...
    @property
    def effect(self) -> str: ...
    @property
    def severity(self) -> int: ...
    @property
    def ongoing(self) -> bool | None: ...
    @property
    def lasted(self) -> str | None: ...


@dataclass(frozen=True)
class InAll:
    """Effects that were felt; of these: never more than mild; of which it is known how long; gone within hours."""

    felt: int
    mild: int
    timed: int
    brief: int


def in_all(said: Iterable[Said]) -> InAll:
    """What is so or not has no level, and is no effect of this kind."""
    of: dict[str, list[Said]] = defaultdict(list)
    for one in said:
        if one.severity and one.effect not in YES_NO and one.window in TOLD_IN:
            of[one.effect].append(one)
    brief = [_is_brief(every) for every in of.values()]
    mild = sum(max(one.severity for one in every) == MILD for every in of.values())
    return InAll(len(of), mild, sum(one is not None for one in brief), brief.count(True))


def _is_brief(every: Iterable[Said]) -> bool | None:
    """None: it was not said."""
    ends = {LONGER if one.ongoing and one.window == "next-day" else one.lasted for one in every}
    if LONGER in ends:
        return False
    return True if ends & HOURS else None
