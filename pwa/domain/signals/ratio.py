"""How much more often something follows the treatments of one group than comparable others.

Mantel and Haenszel's ratio of rates over strata, such as the number of a treatment: like is compared with like. Its
variance is a sum over patients, not over treatments (the sandwich of Liang and Zeger, Biometrika 1986;73:13): what
one patient feels after each of six treatments counts as one person's word. The interval holds the ratios that what was
seen does not make unlikely: as wide as it must be where few patients say so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import exp, log, sqrt
from statistics import NormalDist

from pwa.domain.signals.clusters import Clusters

NORMAL = NormalDist()
#: counted on either side when one has no event at all, so that there is a ratio
HALF = 0.5
#: events of a side; with fewer, its scatter is not known from them
FEW = 10
#: standard errors that are not unlikely: 95 %
LIKELY = NormalDist().inv_cdf(0.975)
#: farther from the ratio than so many natural logarithms no end is looked for, and the last of them is this exact
FAR, EXACT = 12.0, 1e-4
#: a stratum, and whether it is of the group that is looked at
Cell = tuple[Hashable, bool]
Weights = dict[Hashable, float]


@dataclass(frozen=True, slots=True)
class Treated:
    patient: Hashable
    #: with what it is comparable
    stratum: Hashable
    exposed: bool


@dataclass(frozen=True, slots=True)
class Ratio:
    """With both ends of its 95 % interval."""

    ratio: float
    low: float
    #: None: without bound
    high: float | None
    #: standard error of the ratio's logarithm
    spread: float


class Comparison:
    """A group of treatments against others; asked for any number of effects. Strata with one side alone tell nothing
    and are left out."""

    def __init__(self, treated: Sequence[Treated]) -> None:
        sizes = Counter((one.stratum, one.exposed) for one in treated)
        both = {stratum for stratum, exposed in sizes if exposed and (stratum, False) in sizes}
        #: in each stratum: the exposed, the others
        self._strata = {stratum: (sizes[stratum, True], sizes[stratum, False]) for stratum in both}
        self._cells = [(one.stratum, one.exposed) if one.stratum in both else None for one in treated]
        self._patients = [one.patient for one in treated]
        #: treatments: the exposed, the others
        self.of = sum(n for n, _ in self._strata.values()), sum(n for _, n in self._strata.values())

    @cached_property
    def patients(self) -> tuple[int, int]:
        """With an exposed treatment, with another."""
        sides = {(patient, cell[1]) for patient, cell in zip(self._patients, self._cells, strict=True) if cell}
        return sum(side for _, side in sides), sum(not side for _, side in sides)

    @cached_property
    def _clusters(self) -> Clusters:
        return Clusters(self._patients, self._cells)

    def events(self, felt: Iterable[int]) -> Counter[Cell]:
        """How many of these treatments, by their index, are in each cell."""
        return Counter(cell for cell in (self._cells[n] for n in felt) if cell)

    def counted(self, felt: Iterable[int]) -> tuple[int, int]:
        """With the effect: the exposed, the others."""
        events = self.events(felt)
        exposed = sum(n for cell, n in events.items() if cell[1])
        return exposed, events.total() - exposed

    def expected(self, felt: Iterable[int]) -> float:
        """How many would be exposed if that made no difference."""
        events = self.events(felt)
        sizes = ((stratum, n1 / (n1 + n0)) for stratum, (n1, n0) in self._strata.items())
        return sum((events[stratum, True] + events[stratum, False]) * share for stratum, share in sizes)

    def chance(self, felt: Sequence[int]) -> float:
        """The two-sided p-value of no difference. `felt`: indices of the treatments that it followed."""
        return 2 * NORMAL.cdf(-abs(self._beyond(felt, 1.0))) if min(self.of) else 1.0

    def ratio(self, felt: Sequence[int]) -> Ratio:
        """Of an effect that followed some that are comparable."""
        top, bottom = self._sums(felt)
        middle = log(top / bottom)
        low, high = self._end(felt, middle, -FAR), self._end(felt, middle, FAR)
        spread = sqrt(self._scatter(felt, top / bottom)) / top
        return Ratio(exp(middle), 0.0 if low is None else exp(low), None if high is None else exp(high), spread)

    def _end(self, felt: Sequence[int], near: float, reach: float) -> float | None:
        """The logarithm of the ratio at which what was seen begins to be unlikely; None: nowhere."""
        far = near + reach
        if abs(self._beyond(felt, exp(far))) < LIKELY:
            return None
        while abs(far - near) > EXACT:
            between = (near + far) / 2
            near, far = (between, far) if self._is_likely(felt, between) else (near, between)
        return near

    def _is_likely(self, felt: Sequence[int], ratio: float) -> bool:
        return abs(self._beyond(felt, exp(ratio))) < LIKELY

    def _beyond(self, felt: Sequence[int], ratio: float) -> float:
        """By how many standard errors the exposed have more than this ratio says. A few loud patients scatter as much
        as they add, so that they alone are never beyond."""
        top, bottom = self._weighed(felt)
        scatter = self._scatter(felt, ratio)
        if min(self.counted(felt)) < FEW:
            scatter += self._unseen(felt, ratio)
        return (top - ratio * bottom) / sqrt(scatter) if scatter else 0.0

    def _sums(self, felt: Sequence[int]) -> tuple[float, float]:
        """The ratio's numerator and denominator."""
        top, bottom = self._weighed(felt)
        return top or HALF * self._mean(True), bottom or HALF * self._mean(False)

    def _weighed(self, felt: Sequence[int]) -> tuple[float, float]:
        """The events of the exposed and of the others, by their weight."""
        events, weight = self.events(felt), self._weights()
        top, bottom = (sum(n * weight[cell] for cell, n in events.items() if cell[1] is side) for side in (True, False))
        return top, bottom

    def _scatter(self, felt: Sequence[int], ratio: float) -> float:
        """The variance of the equation that the ratio solves, a little more than it seems over few patients."""
        squares = self._clusters.squares(felt, *self._equation(self.events(felt), ratio))
        return squares * len(self._clusters) / max(len(self._clusters) - 1, 1)

    def _unseen(self, felt: Sequence[int], ratio: float) -> float:
        """What the scatter of each side is short of that of independent treatments."""
        signed, expected = self._equation(self.events(felt), ratio)
        nothing, short = dict.fromkeys(signed, 0.0), 0.0
        for side in (True, False):
            alone = 0.0
            for stratum, sizes in self._strata.items():
                adds, chance = signed[stratum, side], expected[stratum, side] / signed[stratum, side]
                alone += sizes[not side] * adds**2 * chance * max(1 - chance, 0)
            cells = [(stratum, side) for stratum in self._strata]
            weight, awaited = (nothing | {cell: of[cell] for cell in cells} for of in (signed, expected))
            short += max(0.0, alone - self._clusters.squares(felt, weight, awaited))
        return short

    def _mean(self, side: bool) -> float:
        """Weight of a treatment of this side."""
        return sum(n1 * n0 / (n1 + n0) for n1, n0 in self._strata.values()) / self.of[not side]

    def _weights(self) -> Weights:
        weight: Weights = {}
        for stratum, (n1, n0) in self._strata.items():
            weight[stratum, True], weight[stratum, False] = n0 / (n1 + n0), n1 / (n1 + n0)
        return weight

    def _equation(self, events: Counter[Cell], ratio: float) -> tuple[Weights, Weights]:
        """What an event adds, and what a treatment is expected to add, being what this ratio says of its stratum."""
        weight, signed, expected = self._weights(), Weights(), Weights()
        for stratum, (n1, n0) in self._strata.items():
            one, other = (stratum, True), (stratum, False)
            chance = (events[one] + events[other]) / (ratio * n1 + n0)
            signed[one], signed[other] = weight[one], -ratio * weight[other]
            expected[one], expected[other] = signed[one] * ratio * chance, signed[other] * chance
        return signed, expected
