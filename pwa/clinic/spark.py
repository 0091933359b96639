"""Fourteen days of mood as one small drawing. A day without an entry is a gap, and no line bridges it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

DAYS = 14
#: of a box 124 wide and 40 high; mood 0 lies at 37, mood 10 at 3
LEFT, RIGHT, FLOOR, STEP = 2.0, 104.0, 37.0, 3.4


@dataclass(frozen=True)
class Spark:
    #: SVG paths
    lines: list[str]
    posts: list[str]
    #: days that stand alone: x and y
    dots: list[tuple[float, float]]
    #: the last figure: x, y and mood
    end: tuple[float, float, int] | None
    lowest: int | None
    highest: int | None
    last_day: date | None


def drawn(moods: Mapping[date, int], treated: Iterable[date], today: date) -> Spark:
    """`moods`: one for each day that has any."""
    first = today - timedelta(days=DAYS - 1)
    days = [first + timedelta(days=n) for n in range(DAYS)]
    points = {day: (_x(day, first), _y(moods[day])) for day in days if day in moods}
    runs = list(_runs(points))
    last = max(points, default=None)
    seen = [moods[day] for day in points]
    return Spark(
        lines=["M" + " L".join(f"{x:g} {y:g}" for x, y in run) for run in runs if len(run) > 1],
        posts=[f"M{_x(day, first):g} 31V39" for day in sorted(set(treated)) if first <= day <= today],
        dots=[run[0] for run in runs if len(run) == 1],
        end=(*points[last], moods[last]) if last else None,
        lowest=min(seen, default=None),
        highest=max(seen, default=None),
        last_day=last,
    )


def _runs(points: Mapping[date, tuple[float, float]]) -> Iterable[list[tuple[float, float]]]:
    run: list[tuple[float, float]] = []
    for day, point in points.items():
        if run and day - timedelta(days=1) not in points:
            yield run
            run = []
        run.append(point)
    if run:
        yield run


def _x(day: date, first: date) -> float:
    return round(LEFT + (day - first).days * (RIGHT - LEFT) / (DAYS - 1), 1)


def _y(mood: int) -> float:
    return round(FLOOR - mood * STEP, 1)
