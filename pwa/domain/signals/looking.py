"""What is worth a look in a clinic's own numbers: what follows some treatments more often than comparable others, and
what has become more frequent. Never proof.

Looked at once a week, at whole weeks: however often the page is opened, it is the same look. How often it is wrong
was simulated, not assumed: docs/signals.md.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pwa.domain.effects import YES_NO, counted_after
from pwa.domain.routes import ROUTE_IDS
from pwa.domain.signals.chart import LIMIT, Baseline, Watched, Week, Weeks
from pwa.domain.signals.multiple import adjusted
from pwa.domain.signals.ratio import Comparison, Ratio, Treated

#: rises when anything below changes what is found
METHOD = 3
#: weeks that are looked at, and at most so many before them that are their baseline
QUARTER, BEFORE = 13, 26
#: of all differences that are called worth a look, the share that may be chance
FALSE = 0.05
#: treatments and patients on either side; fewer are not judged
TREATMENTS, PATIENTS = 20, 10
#: with the effect: expected if there were no difference; and seen, from so many patients
EXPECTED, EVENTS, FROM = 3, 5, 5


@dataclass(frozen=True, slots=True)
class Given:
    """One treatment about which a report came from one window after it."""

    patient: str
    #: counted from the year 1, so that they can be compared
    week: int
    route: str
    #: bands, see `bands`
    number: str
    dose: str
    place: str
    lot: str | None
    #: effects that it brought
    felt: Collection[str]


@dataclass(frozen=True, slots=True)
class Difference:
    effect: str
    window: str
    #: route, dose, place or lot, and which; of a dose, a place and a lot within the route
    factor: str
    value: str
    route: str | None
    events: int
    of: int
    other_events: int
    other_of: int
    #: patients with the effect, in the group
    patients: int
    ratio: Ratio


@dataclass(frozen=True, slots=True)
class Change:
    effect: str
    window: str
    #: None: all of them
    route: str | None
    before: Baseline
    weeks: Sequence[Week]
    #: in which it became worth a look
    since: int


@dataclass(frozen=True, slots=True)
class Look:
    differences: Sequence[Difference]
    changes: Sequence[Change]
    #: how many differences were asked about, and how many charts were kept
    asked: int
    charts: int


#: what is compared within a route
WITHIN = ("dose", "place", "lot")


@dataclass(frozen=True, slots=True)
class _Asked:
    """A difference that is asked about, whether it turns out to be one or not."""

    effect: str
    factor: str
    value: str
    route: str | None
    comparison: Comparison
    treated: Sequence[Given]
    #: indices of those that it followed
    felt: Sequence[int]
    chance: float

    def told(self, window: str) -> Difference:
        (seen, others), (of, other_of) = self.comparison.counted(self.felt), self.comparison.of
        exposed = (self.treated[n] for n in self.felt)
        patients = {one.patient for one in exposed if getattr(one, self.factor) == self.value}
        counts = (seen, of, others, other_of, len(patients))
        name = (self.effect, window, self.factor, self.value, self.route)
        return Difference(*name, *counts, self.comparison.ratio(self.felt))


def worth_a_look(given: Mapping[str, Sequence[Given]], week: int) -> Look:
    """`given`: by window, those with a report. `week`: the running one, which is not whole and not looked at."""
    asked: list[tuple[str, _Asked]] = []
    kept: list[Change] = []
    for window, every in given.items():
        whole = sorted((one for one in every if week - QUARTER - BEFORE <= one.week < week), key=lambda one: one.week)
        recent = [one for one in whole if one.week >= week - QUARTER]
        asked += [(window, one) for one in _asked_about(recent)]
        kept += [replace(one, window=window) for one in _changes(whole, week - QUARTER)]
    true = adjusted([one.chance for _, one in asked])
    told = [one.told(window) for (window, one), q in zip(asked, true, strict=True) if q <= FALSE]
    differences = sorted((one for one in told if _stands_out(one)), key=lambda one: -one.ratio.low)
    return Look(differences, [one for one in kept if one.since], len(asked), len(kept))


def _stands_out(one: Difference) -> bool:
    return one.ratio.low > 1 and one.events >= EVENTS and one.patients >= FROM


def _asked_about(recent: Sequence[Given]) -> Iterator[_Asked]:
    """Whether one is asked about does not hang on how it turns out."""
    for routes, effects in _by_routes(recent):
        yield from _between([one for one in recent if one.route in routes], effects, "route", None)
    for route in ROUTE_IDS:
        same = [one for one in recent if one.route == route]
        effects = _counted(same, route)
        for factor in WITHIN:
            yield from _between([one for one in same if getattr(one, factor)], effects, factor, route)


def _between(treated: Sequence[Given], effects: Collection[str], factor: str, route: str | None) -> Iterator[_Asked]:
    """Each group of these against the others of them, treatments of the same number being compared."""
    felt = _felt(treated, effects)
    values = [getattr(one, factor) for one in treated]
    for value in sorted(set(values)):
        sides = [Treated(one.patient, one.number, of == value) for one, of in zip(treated, values, strict=True)]
        comparison = Comparison(sides)
        if min(comparison.of) < TREATMENTS or min(comparison.patients) < PATIENTS:
            continue
        for effect, indices in felt.items():
            if comparison.expected(indices) >= EXPECTED:
                chance = comparison.chance(indices)
                yield _Asked(effect, factor, value, route, comparison, treated, indices, chance)


def _changes(whole: Sequence[Given], since: int) -> Iterator[Change]:
    """Every chart that is kept; `since` is 0 where nothing has changed."""
    together = [(routes, effects, None) for routes, effects in _by_routes(whole) if len(routes) > 1]
    alone = [((route,), _counted(whole, route), route) for route in ROUTE_IDS]
    for routes, effects, route in (*together, *alone):
        fitting = [one for one in whole if one.route in routes]
        weeks = Weeks([Watched(one.week, one.patient, (one.route, one.number)) for one in fitting], since)
        for effect, felt in _felt(fitting, effects).items():
            if before := weeks.baseline(felt):
                drawn = weeks.chart(felt, before)
                crossed = next((each.week for each in drawn if each.level >= LIMIT), 0)
                yield Change(effect, "", route, before, drawn, crossed)


def _felt(given: Iterable[Given], effects: Collection[str]) -> dict[str, list[int]]:
    """Of each of these effects, the indices of the treatments that it followed."""
    felt: dict[str, list[int]] = defaultdict(list)
    for n, one in enumerate(given):
        for effect in one.felt:
            if effect in effects:
                felt[effect].append(n)
    return dict(sorted(felt.items()))


def _by_routes(given: Iterable[Given]) -> Iterator[tuple[tuple[str, ...], set[str]]]:
    """The effects that were felt, together with those that count after the same routes."""
    together: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for effect in _named(given):
        together[counted_after(effect)].add(effect)
    yield from sorted(together.items())


def _counted(given: Iterable[Given], route: str) -> set[str]:
    return {effect for effect in _named(given) if route in counted_after(effect)}


def _named(given: Iterable[Given]) -> set[str]:
    return {effect for one in given for effect in one.felt} - YES_NO
