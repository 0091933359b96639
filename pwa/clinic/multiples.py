"""Small drawings of a rate week by week, one for each group, all on the same scale."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pwa.clinic.queries.effects import Counts
from pwa.clinic.rates import Group, Rate

#: weeks that one point is the mean of, so that a small clinic's line does not jump
SMOOTHED = 3
#: of a box 168 wide and 104 high: where the drawing begins and ends
LEFT, RIGHT, TOP, FLOOR = 30.0, 162.0, 10.0, 86.0
#: the scale's end, the first that holds every rate
SCALES = (0.1, 0.2, 0.5, 1.0)


@dataclass(frozen=True)
class Point:
    week: int
    #: of the last weeks up to this one
    rate: Rate
    #: of this week alone
    alone: Rate


@dataclass(frozen=True)
class Small:
    group: Group
    points: list[Point]
    #: SVG paths: the line in pieces that bridge no week without a report, and the band of the interval
    lines: list[str]
    bands: list[str]
    #: where the last point is
    end: tuple[float, float] | None
    #: where the dashed line of all groups lies
    reference: float


def drawn(
    groups: Sequence[Group], weeks: range, reports: Counts, felt: Counts, together: Rate
) -> tuple[list[Small], float]:
    """The drawings and the end of their scale. `reports` and `felt`: by group and week."""
    every = {group.value: _points(group.value, weeks, reports, felt) for group in groups}
    highest = max((point.rate.share for points in every.values() for point in points), default=0.0)
    scale = next(end for end in SCALES if max(highest, together.share) <= end)
    return [_small(group, every[group.value], weeks, scale, together) for group in groups], scale


def _points(value: str, weeks: range, reports: Counts, felt: Counts) -> list[Point]:
    points = []
    for week in weeks:
        near = [one for one in range(week - SMOOTHED + 1, week + 1) if one in weeks]
        rates = [Rate(felt.get((value, one), 0), reports.get((value, one), 0)) for one in near]
        mean = Rate(sum(rate.events for rate in rates), sum(rate.of for rate in rates))
        points.append(Point(week, mean, rates[-1]))
    return points


def _small(group: Group, points: list[Point], weeks: range, scale: float, together: Rate) -> Small:
    def at(point: Point, share: float) -> str:
        x, y = _place(point.week, share, weeks, scale)
        return f"{x:g} {y:g}"

    lines, bands, last = [], [], None
    for run in _runs(points):
        lines.append("M" + " L".join(at(point, point.rate.share) for point in run))
        there = [at(point, point.rate.interval[0]) for point in run]
        back = [at(point, point.rate.interval[1]) for point in reversed(run)]
        bands.append("M" + " L".join(there + back) + "Z")
        last = _place(run[-1].week, run[-1].rate.share, weeks, scale)
    return Small(group, points, lines, bands, last, _place(0, together.share, weeks, scale)[1])


def _runs(points: Iterable[Point]) -> Iterable[list[Point]]:
    run: list[Point] = []
    for point in points:
        if point.rate.of:
            run.append(point)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _place(week: int, share: float, weeks: range, scale: float) -> tuple[float, float]:
    x = LEFT + (week - weeks[0]) * (RIGHT - LEFT) / max(len(weeks) - 1, 1)
    return round(x, 1), round(FLOOR - min(share / scale, 1.0) * (FLOOR - TOP), 1)
