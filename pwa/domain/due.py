"""When checks fell due, and which of them nobody answered in time. Looked at by the end of each day."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from pwa.domain.checks import Check, Taken, is_due

#: one that fell due so long before the first day that is shown is still known
BEFORE = timedelta(days=28)
A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Due:
    check: Check
    #: on which it fell due
    day: date
    #: it was not answered before the next treatment, or before its time was over
    is_missed: bool = False
    #: None: it still waits
    ended: date | None = None


def unanswered(
    check: Check,
    taken: Sequence[Taken],
    answers: Sequence[datetime],
    phase: Callable[[date], str],
    days: tuple[date, date],
    end_of: Callable[[date], datetime],
) -> list[Due]:
    """What was missed, and what still waits, between two days. `phase` and `end_of`: of a day."""
    first, last = days
    found = _stretches(check, taken, answers, phase, (first - BEFORE, last), end_of)
    return [one for one in found if (one.ended or last) >= first and (one.is_missed or one.ended is None)]


def _stretches(
    check: Check,
    taken: Sequence[Taken],
    answers: Sequence[datetime],
    phase: Callable[[date], str],
    days: tuple[date, date],
    end_of: Callable[[date], datetime],
) -> Iterator[Due]:
    open_: Due | None = None
    for day in _days(*days):
        begins, ends = end_of(day - A_DAY), end_of(day)
        waits = is_due(check, taken, max((at for at in answers if at <= ends), default=None), phase(day), ends)
        if open_ and _any(taken, begins, ends):
            open_ = replace(open_, is_missed=True)
        if open_ and not waits:
            yield replace(open_, is_missed=open_.is_missed or not _was_answered(answers, begins, ends), ended=day)
            open_ = None
        elif waits and open_ is None:
            open_ = Due(check, day)
    if open_:
        yield open_


def _days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=n) for n in range((last - first).days + 1))


def _any(taken: Iterable[Taken], begins: datetime, ends: datetime) -> bool:
    return any(begins < one.at <= ends for one in taken)


def _was_answered(answers: Iterable[datetime], begins: datetime, ends: datetime) -> bool:
    return any(begins < at <= ends for at in answers)
