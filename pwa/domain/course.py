"""Where a patient is in a course of treatments."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Generic, Protocol, TypeVar


class Treatment(Protocol):
    @property
    def status(self) -> str: ...
    @property
    def at(self) -> datetime: ...
    @property
    def minutes(self) -> int: ...
    @property
    def number(self) -> int | None: ...


T = TypeVar("T", bound=Treatment)


@dataclass(frozen=True)
class Place(Generic[T]):
    phase: str
    #: treatments given so far, the number of the last one where it has one
    number: int
    #: planned in this course; None in maintenance
    of: int | None
    last: T | None
    next: T | None


def place(phase: str, planned: int | None, treatments: Iterable[T], moment: datetime) -> Place[T]:
    """`planned`: how many this course holds, None in maintenance. Cancelled treatments count for nothing."""
    in_order = sorted(treatments, key=lambda treatment: treatment.at)
    given = [treatment for treatment in in_order if treatment.status == "given" and treatment.at <= moment]
    ahead = [treatment for treatment in in_order if treatment.status == "planned" and end(treatment) > moment]
    last = given[-1] if given else None
    number = last.number if last and last.number is not None else len(given)
    return Place(phase, number, planned, last, ahead[0] if ahead else None)


def end(treatment: Treatment) -> datetime:
    """When one has come out of its effect, as planned or recorded."""
    return treatment.at + timedelta(minutes=treatment.minutes)
