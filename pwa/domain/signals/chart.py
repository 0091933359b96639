"""A chart over weeks that tells a change from a clinic's own baseline: Steiner's risk-adjusted CUSUM (Biostatistics
2000;1:441), added up by week.

It weighs what was seen against an odds ratio of three, which is 4 % that become 11 %. What is expected of a treatment
comes from the baseline for its stratum, so that a change in who is treated is no change of the rate. Two things make
it slower than the textbook's, and keep its false alarms few: the baseline is taken at the upper end of what it may
be, and the sum is divided by how much more the baseline's counts scatter between patients than those of independent
treatments would.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log, log1p, sqrt

from pwa.domain.signals.clusters import Clusters

ODDS = 3.0
#: of the sum; what it takes to be worth a look, see docs/signals.md
LIMIT = 8.0
#: treatments of the whole baseline that a stratum's own rate is mixed with
MIXED = 20
#: the least that a baseline is made from
TREATMENTS, PATIENTS, EVENTS = 200, 30, 5
#: standard errors above what it says, at which the baseline is taken
ABOVE = 1.645
HIGHEST = 0.9


@dataclass(frozen=True, slots=True)
class Watched:
    week: int
    patient: Hashable
    stratum: Hashable


@dataclass(frozen=True, slots=True)
class Week:
    week: int
    of: int
    events: int
    expected: float
    #: of the sum
    level: float


@dataclass(frozen=True, slots=True)
class Baseline:
    of: int
    events: int
    #: expected of a treatment, by its stratum, and where the baseline has none such
    chances: Mapping[Hashable, float]
    other: float
    #: 1: treatments are as good as independent
    scatter: float

    def expects(self, stratum: Hashable) -> float:
        return self.chances.get(stratum, self.other)


class Weeks:
    """Treatments by week, those before the week `since` being the baseline; asked for any number of effects."""

    def __init__(self, treated: Sequence[Watched], since: int) -> None:
        self._treated, self._since = treated, since
        cells = [one.stratum if one.week < since else None for one in treated]
        self._clusters = Clusters([one.patient for one in treated], cells)
        self._before = Counter(cell for cell in cells if cell is not None)
        self._watched: dict[int, Counter[Hashable]] = defaultdict(Counter)
        for one in treated:
            if one.week >= since:
                self._watched[one.week][one.stratum] += 1

    def baseline(self, felt: Iterable[int]) -> Baseline | None:
        """`felt`: indices of the treatments that it followed. None: too little to be one."""
        before = [n for n in felt if self._treated[n].week < self._since]
        of, events = self._before.total(), len(before)
        if of < TREATMENTS or len(self._clusters) < PATIENTS or events < EVENTS:
            return None
        share, had = events / of, Counter(self._treated[n].stratum for n in before)
        chances = {stratum: (had[stratum] + MIXED * share) / (n + MIXED) for stratum, n in self._before.items()}
        scatter = self._scatter(before, chances)
        upper = 1 + ABOVE * sqrt(scatter / events)
        raised = {stratum: min(HIGHEST, chance * upper) for stratum, chance in chances.items()}
        return Baseline(of, events, raised, min(HIGHEST, share * upper), scatter)

    def chart(self, felt: Iterable[int], before: Baseline) -> list[Week]:
        """The weeks from `since` on in which anybody was treated."""
        had = Counter(self._treated[n].week for n in felt)
        level, weeks = 0.0, []
        for week, strata in sorted(self._watched.items()):
            chances = {stratum: before.expects(stratum) for stratum in strata}
            against = sum(n * log1p((ODDS - 1) * chances[stratum]) for stratum, n in strata.items())
            level = max(0.0, level + (had[week] * log(ODDS) - against) / before.scatter)
            expected = sum(n * chances[stratum] for stratum, n in strata.items())
            weeks.append(Week(week, strata.total(), had[week], expected, level))
        return weeks

    def _scatter(self, felt: Sequence[int], chances: Mapping[Hashable, float]) -> float:
        """Between patients, in times of what it would be if no treatment had to do with another."""
        alone = sum(n * chances[stratum] * (1 - chances[stratum]) for stratum, n in self._before.items())
        squares = self._clusters.squares(felt, dict.fromkeys(chances, 1.0), chances)
        return max(1.0, squares / alone)
