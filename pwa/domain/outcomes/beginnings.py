"""How a person was before the first treatment of a course, and after it: in windows of the same length for everybody.

The windows are our own; no published figure was measured in them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import fmean
from typing import Protocol

from pwa.domain.change import POINTS
from pwa.domain.days import UNTIL

#: nothing to start from; no room to get better; nothing said later; it got better; it did not
ANSWERS = ("no-before", "not-so", "no-after", "yes", "no")
#: treatments of a first course
SIX = 6
WEEK, FORTNIGHT = timedelta(days=7), timedelta(days=14)
#: what is felt while the treatment works says nothing of relief
WORKS = timedelta(hours=dict(UNTIL)["acute"])
#: relief is looked for until then, or until the next treatment
SOON = timedelta(hours=72)
#: thoughts are asked about in the third and fourth week, as in the two before
LATER = timedelta(days=14), timedelta(days=28)
#: after the sixth treatment: whether mood is up at all, and whether it still is
FIRST, THEN = (WORKS, WEEK), (timedelta(days=21), timedelta(days=35))
#: days after which nothing more can come
RELIEF_OVER, THOUGHTS_OVER, LASTING_OVER = 4, 29, 36
STRENGTH = {"no": 0, "now-and-then": 1, "often": 2}
MOST = 10


class Given(Protocol):
    @property
    def record(self) -> str: ...
    @property
    def at(self) -> datetime: ...
    @property
    def day(self) -> date: ...
    @property
    def route(self) -> str: ...
    @property
    def number(self) -> int | None: ...


class CheckedIn(Protocol):
    @property
    def day(self) -> date: ...
    @property
    def felt_at(self) -> datetime: ...
    @property
    def mood(self) -> int | None: ...
    @property
    def thoughts(self) -> str | None: ...


@dataclass(frozen=True)
class FirstCourse:
    """Each answer is one of ANSWERS."""

    started: date
    route: str
    #: day of the sixth treatment, and how many days after the first it was; None: there is none
    sixth: date | None
    days: int | None
    #: mood up within 72 hours; fewer thoughts in weeks three and four; mood still up a month after the sixth
    relief: str
    thoughts: str
    lasting: str | None


def first_course(given: Iterable[Given], check_ins: Iterable[CheckedIn]) -> FirstCourse | None:
    """None where the first treatment that is known was not the first of a course: what was before it is not known."""
    ordered = _in_order(given)
    if not ordered or ordered[0].number != 1:
        return None
    first, sixth = ordered[0], _sixth(ordered)
    since, until = reach(first.day, sixth.day if sixth else None)
    near = [one for one in check_ins if since <= one.day <= until]
    return FirstCourse(
        first.day,
        first.route,
        sixth.day if sixth else None,
        (sixth.day - first.day).days if sixth else None,
        _relief(ordered, near),
        _thoughts(first.at, near),
        _lasting(first.at, sixth.at, near) if sixth else None,
    )


def reach_of(given: Iterable[Given]) -> tuple[date, date] | None:
    """The days on which a check-in can matter, by the treatments; None: there are none."""
    ordered = _in_order(given)
    sixth = _sixth(ordered)
    return reach(ordered[0].day, sixth.day if sixth else None) if ordered else None


def reach(started: date, sixth: date | None) -> tuple[date, date]:
    """The same, by the day of the first treatment and of the sixth. A civil day is not quite where its moments lie."""
    until = started + timedelta(days=THOUGHTS_OVER)
    last = max(until, sixth + timedelta(days=LASTING_OVER)) if sixth else until
    return started - FORTNIGHT - timedelta(days=1), last


def _in_order(given: Iterable[Given]) -> list[Given]:
    return sorted(given, key=lambda one: (one.at, one.record))


def _sixth(ordered: Sequence[Given]) -> Given | None:
    return ordered[SIX - 1] if len(ordered) >= SIX else None


def _relief(ordered: Sequence[Given], check_ins: Sequence[CheckedIn]) -> str:
    at = ordered[0].at
    until = min([at + SOON, *(one.at for one in ordered[1:2])])
    before, after = _mood(check_ins, at - WEEK, at), _mood(check_ins, at + WORKS, until)
    if before is None:
        return "no-before"
    if before > MOST - POINTS:
        return "not-so"
    return _answer(after, lambda mood: mood - before >= POINTS)


def _thoughts(at: datetime, check_ins: Sequence[CheckedIn]) -> str:
    before = _strongest(check_ins, at - FORTNIGHT, at)
    after = _strongest(check_ins, at + LATER[0], at + LATER[1])
    if before is None:
        return "no-before"
    if before == 0:
        return "not-so"
    return _answer(after, lambda strength: strength < before)


def _lasting(first: datetime, sixth: datetime, check_ins: Sequence[CheckedIn]) -> str:
    before = _mood(check_ins, first - WEEK, first)
    soon, then = (_mood(check_ins, sixth + start, sixth + end) for start, end in (FIRST, THEN))
    if before is None or soon is None:
        return "no-before"
    if soon - before < POINTS:
        return "not-so"
    return _answer(then, lambda mood: mood - before >= POINTS)


def _answer(after: float | None, is_better: Callable[[float], bool]) -> str:
    if after is None:
        return "no-after"
    return "yes" if is_better(after) else "no"


def _mood(check_ins: Sequence[CheckedIn], start: datetime, end: datetime) -> float | None:
    """The mean of what was said in between."""
    moods = [one.mood for one in check_ins if one.mood is not None and start <= one.felt_at < end]
    return fmean(moods) if moods else None


def _strongest(check_ins: Sequence[CheckedIn], start: datetime, end: datetime) -> int | None:
    """Who would once rather not say has not answered: it may have been more."""
    said = {one.thoughts for one in check_ins if one.thoughts and start <= one.felt_at < end}
    return max(STRENGTH[word] for word in said) if said and said <= STRENGTH.keys() else None
