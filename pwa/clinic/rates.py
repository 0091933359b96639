"""Effects by group of treatments: how many followed, of how many that a report tells of, and the interval of that."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from pwa.clinic.queries.effects import Counts
from pwa.domain.effects import YES_NO, asked_after, counted_after
from pwa.domain.routes import PLACES, ROUTE_IDS
from pwa.domain.signals import bands, exact
from pwa.domain.signals.bands import OTHERS
from pwa.domain.signals.looking import TREATMENTS
from pwa.records.summaries import GIVEN

#: rates from which a darker tone begins
TONES = (0.10, 0.20, 0.35, 0.50)
#: lots that have a column of their own, those with the most reports
LOTS = 8
#: how treatments are grouped → the groups in their order; of lots any
GROUPS: Mapping[str, tuple[str, ...]] = {
    "route": ROUTE_IDS,
    "dose": tuple(dose for dose, _ in bands.DOSES),
    "number": tuple(number for number, _ in bands.NUMBERS),
    "place": tuple(place for place, _ in PLACES),
    "lot": (),
}


@dataclass(frozen=True)
class Rate:
    """Of treatments with a report that was asked about it; in the worst case none has one."""

    events: int
    of: int
    #: told besides, where nobody was asked
    unasked: int = 0

    @property
    def share(self) -> float:
        return self.events / self.of if self.of else 0.0

    @cached_property
    def interval(self) -> tuple[float, float]:
        """0 to 1; 95 %, exact."""
        return exact(self.events, self.of) if self.of else (0.0, 1.0)

    @property
    def is_few(self) -> bool:
        """Too few to be judged."""
        return self.of < TREATMENTS

    @property
    def tone(self) -> int:
        """0 to 4."""
        return sum(self.share >= least for least in TONES)


@dataclass(frozen=True)
class Group:
    value: str
    #: treatments with a report of the window, and all
    told: int
    given: int

    @property
    def silent(self) -> int:
        return self.given - self.told


@dataclass(frozen=True)
class Line:
    effect: str
    #: of each group, in the order of the table
    rates: list[Rate]
    together: Rate

    @property
    def is_asked(self) -> bool:
        """By some route's form."""
        return bool(asked_after(self.effect))


@dataclass(frozen=True)
class Table:
    groups: list[Group]
    #: the most frequent effect first
    lines: list[Line]
    #: of lots that have no column of their own
    left_out: int

    @property
    def told(self) -> int:
        return sum(group.told for group in self.groups)

    @property
    def given(self) -> int:
        return sum(group.given for group in self.groups)

    def cell(self, effect: str, value: str) -> Rate | None:
        places = [n for n, group in enumerate(self.groups) if group.value == value != OTHERS]
        lines = [line for line in self.lines if line.effect == effect]
        return lines[0].rates[places[0]] if places and lines else None


def table(by: str, window: str, reports: Counts, felt: Counts, is_whole: bool = True) -> Table:
    """`reports`: by window, route and group. `felt`: by effect, route and group. If it is not whole, all but the lots
    with the most reports are one group."""
    rest = [] if is_whole or by != "lot" else _with_few(window, reports)
    return replace(_table(by, window, _merged(reports, rest), _merged(felt, rest)), left_out=len(rest))


def _with_few(window: str, reports: Counts) -> list[str]:
    given = {value for _, _, value in reports}
    told = _by_group({(route, value): n for (of, route, value), n in reports.items() if of == window})
    return sorted(given, key=lambda value: (-told[value], value))[LOTS:]


def _merged(counts: Counts, rest: list[str]) -> Counts:
    merged: Counter[tuple[str, ...]] = Counter()
    for (*which, value), n in counts.items():
        merged[*which, OTHERS if value in rest else value] += n
    return merged


def _table(by: str, window: str, reports: Counts, felt: Counts) -> Table:
    by_route = {(route, value): n for (of, route, value), n in reports.items() if of == window}
    told = _by_group(by_route)
    given = _by_group({(route, value): n for (of, route, value), n in reports.items() if of == GIVEN})
    ordered = [value for value in _in_order(by, told, given) if value in given]
    groups = [Group(value, told[value], given[value]) for value in ordered]
    return Table(groups, list(_lines(groups, by_route, felt)), 0)


def _in_order(by: str, told: Mapping[str, int], given: Mapping[str, int]) -> list[str]:
    return list(GROUPS[by]) or sorted(given, key=lambda value: (value == OTHERS, -told[value], value))


def _lines(groups: list[Group], told: Counts, felt: Counts) -> Iterator[Line]:
    """`told`: by route and group."""
    named: dict[str, Counts] = defaultdict(dict)
    for (effect, *cell), n in felt.items():
        if effect not in YES_NO:
            named[effect][tuple(cell)] = n
    lines = [_line(effect, groups, told, cells) for effect, cells in named.items()]
    shown = (line for line in lines if line.together.events or line.together.unasked)
    yield from sorted(shown, key=lambda line: (-line.together.events, -line.together.unasked, line.effect))


def _line(effect: str, groups: list[Group], told: Counts, felt: Counts) -> Line:
    routes = counted_after(effect)
    of = _by_group({cell: n for cell, n in told.items() if cell[0] in routes})
    events = _by_group({cell: n for cell, n in felt.items() if cell[0] in routes})
    every = _by_group(felt)
    values = [group.value for group in groups]
    rates = [Rate(events[value], of[value], every[value] - events[value]) for value in values]
    sums = (sum(getattr(rate, name) for rate in rates) for name in ("events", "of", "unasked"))
    return Line(effect, rates, Rate(*sums))


def _by_group(counts: Counts) -> Counter[str]:
    """Of counts by route and group, the routes together."""
    together: Counter[str] = Counter()
    for (_, value), n in counts.items():
        together[value] += n
    return together
