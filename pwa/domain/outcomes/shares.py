"""Shares with the interval that they deserve, and what they would be if everybody who is missing had said the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import sqrt

from pwa.domain.signals import exact
from pwa.domain.signals.beta import quantile
from pwa.domain.signals.looking import PATIENTS, TREATMENTS

ALPHA = 0.05


@dataclass(frozen=True)
class Share:
    events: int
    of: int
    #: people who stand behind `of`
    people: int
    #: what is missing; of effects as many as are to be expected
    silent: float
    #: independent answers that say as much as these do
    worth: float

    @property
    def share(self) -> float:
        return self.events / self.of if self.of else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """0 to 1; 95 %."""
        return exact(self.share * self.worth, self.worth) if self.of else (0.0, 1.0)

    @property
    def bounds(self) -> tuple[float, float]:
        """If all that is missing were none of it, and if it were all of it."""
        whole = self.of + self.silent
        return (self.events / whole, (self.events + self.silent) / whole) if whole else (0.0, 1.0)

    @property
    def is_few(self) -> bool:
        """Too few to be judged."""
        return self.of < TREATMENTS or self.people < PATIENTS


@dataclass(frozen=True)
class Sums:
    """Over people, of how many effects each has and how many of them are meant: the sums, squares and products."""

    people: int
    of: int
    events: int
    of_squared: int
    of_events: int
    events_squared: int


def of_people(answers: Mapping[str, int]) -> Share:
    """How many gave each of `beginnings.ANSWERS`; one answer a person, so that the interval is the exact one."""
    events, of = answers.get("yes", 0), answers.get("yes", 0) + answers.get("no", 0)
    return Share(events, of, of, answers.get("no-after", 0), of)


def of_effects(sums: Sums, silent: float) -> Share:
    """What one person says again and again is not as many people's word. The interval is the exact one for as many
    independent effects as say the same (Korn and Graubard, Survey Methodology 1998;24:193)."""
    plain = Share(sums.events, sums.of, sums.people, silent, 0.0)
    return replace(plain, worth=_worth(sums, plain.share)) if sums.of else plain


def variance(sums: Sums, share: float) -> float:
    """Of the share: what people scatter about it, not what effects do."""
    squares = sums.events_squared - 2 * share * sums.of_events + share**2 * sums.of_squared
    return max(squares, 0.0) / sums.of**2 * sums.people / (sums.people - 1)


def student(freedom: int) -> float:
    """Beyond it, on either side together, lies ALPHA of Student's distribution."""
    x = quantile(ALPHA, freedom / 2, 0.5)
    return sqrt(freedom * (1 - x) / x)


def _worth(sums: Sums, share: float) -> float:
    """Where nothing scatters, each person counts once."""
    if sums.people < 2 or not (scatter := variance(sums, share)):
        return float(sums.people)
    few = student(sums.of - 1) / student(sums.people - 1)
    return min(share * (1 - share) / scatter * few**2, float(sums.of))
