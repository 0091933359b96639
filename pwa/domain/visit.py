"""Integration visits: appointments of a patient with their therapist."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

from pwa.domain.limits import Range
from pwa.domain.words import N_

STATUSES = (("planned", N_("Planned")), ("cancelled", N_("Cancelled")))
#: minutes of one
USUAL, MINUTES = 50, Range(10, 240)


class Visit(Protocol):
    @property
    def status(self) -> str: ...
    @property
    def at(self) -> datetime: ...
    @property
    def minutes(self) -> int: ...


V = TypeVar("V", bound=Visit)


def around(visits: Iterable[V], moment: datetime) -> tuple[V | None, V | None]:
    """The last one that is over, and the one that is on now or comes next. Cancelled ones count for nothing."""
    in_order = sorted((visit for visit in visits if visit.status == "planned"), key=lambda visit: visit.at)
    over = [visit for visit in in_order if end(visit) <= moment]
    return (over[-1] if over else None), next((visit for visit in in_order if end(visit) > moment), None)


def end(visit: Visit) -> datetime:
    return visit.at + timedelta(minutes=visit.minutes)
