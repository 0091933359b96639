"""Effects by group of treatments: how many followed, of how many that a report tells of, and the interval of that."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from pwa.clinic.queries.effects import Counts
from pwa.domain.effects import YES_NO
from pwa.domain.routes import PLACES, ROUTE_IDS
from pwa.domain.signals import bands, exact
from pwa.domain.signals.looking import TREATMENTS
from pwa.records.summaries import GIVEN

#: rates from which a darker tone begins
TONES = (0.10, 0.20, 0.35, 0.50)
#: lots that have a column, those with the most reports
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
    """Of treatments with a report; in the worst case none has one."""

    events: int
    of: int

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


@dataclass(frozen=True)
class Table:
    groups: list[Group]
    #: the most frequent effect first
    lines: list[Line]
    #: of lots that have no column
    left_out: int

    @property
    def told(self) -> int:
        return sum(group.told for group in self.groups)

    @property
    def given(self) -> int:
        return sum(group.given for group in self.groups)

    def cell(self, effect: str, value: str) -> Rate | None:
        places = [n for n, group in enumerate(self.groups) if group.value == value]
        lines = [line for line in self.lines if line.effect == effect]
        return lines[0].rates[places[0]] if places and lines else None


def table(by: str, window: str, reports: Counts, felt: Counts) -> Table:
    """`reports`: by window and group. `felt`: by effect and group."""
    told = {value: n for (of, value), n in reports.items() if of == window}
    given = {value: n for (of, value), n in reports.items() if of == GIVEN}
    ordered = [value for value in _in_order(by, told) if value in given]
    shown = ordered[:LOTS] if by == "lot" else ordered
    groups = [Group(value, told.get(value, 0), given[value]) for value in shown]
    return Table(groups, list(_lines(groups, felt)), len(ordered) - len(shown))


def _in_order(by: str, told: Mapping[str, int]) -> list[str]:
    return list(GROUPS[by]) or [value for value, _ in Counter(told).most_common()]


def _lines(groups: list[Group], felt: Counts) -> Iterator[Line]:
    shown = {group.value for group in groups}
    totals: Counter[str] = Counter()
    for (effect, value), n in felt.items():
        if value in shown and effect not in YES_NO:
            totals[effect] += n
    all_told = sum(group.told for group in groups)
    for effect, total in sorted(totals.items(), key=lambda one: (-one[1], one[0])):
        rates = [Rate(felt.get((effect, group.value), 0), group.told) for group in groups]
        yield Line(effect, rates, Rate(total, all_told))
