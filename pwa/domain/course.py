"""Where a patient is in a course of treatments."""

from collections.abc import Container, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol


class Treatment(Protocol):
    @property
    def record(self) -> str: ...
    @property
    def status(self) -> str: ...
    @property
    def day(self) -> date: ...
    @property
    def at(self) -> datetime: ...
    @property
    def route(self) -> str: ...
    @property
    def number(self) -> int | None: ...


class Course(Protocol):
    @property
    def phase(self) -> str: ...
    @property
    def route(self) -> str: ...
    @property
    def planned(self) -> int | None: ...
    @property
    def started(self) -> date: ...


@dataclass(frozen=True)
class Place:
    phase: str
    #: sessions of this course given so far: the number of the last one where it has one
    number: int
    #: planned in this course; None in maintenance
    of: int | None


def place(course: Course, given: Iterable[Treatment]) -> Place:
    """`given`: what the clinic planned or recorded and was given; a dose at home that no plan stands for is no session
    of a course. As in pwa/static/js/pages/today/place.js."""
    sessions = sorted((one for one in given if belongs(one.day, one.route, course)), key=lambda one: one.at)
    number = sessions[-1].number if sessions else None
    return Place(course.phase, len(sessions) if number is None else number, course.planned)


def belongs(day: date, route: str, course: Course) -> bool:
    """Whether a treatment of this day counts for the course: what came before it or by another route does not."""
    return day >= course.started and route == course.route


def session_before(felt_at: datetime, named: str | None, treatments: Iterable[Treatment]) -> Treatment | None:
    """After which one something was felt. A phone names the last that it knew (`named`, a record): the clinic may have
    entered a later one since. None after a dose at home, which is then the one named."""
    known = list(treatments)
    if named and all(one.record != named for one in known):
        return None
    begun = (one for one in known if one.at <= felt_at and (one.status == "given" or one.record == named))
    return max(begun, key=lambda one: one.at, default=None)


def is_given(treatment: Treatment, taken: Container[str]) -> bool:
    """`taken`: the records of plans whose dose the patient took at home."""
    return treatment.status == "given" or (treatment.status == "planned" and treatment.record in taken)
