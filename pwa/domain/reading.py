"""When the clinic next reads what patients send."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import TypedDict
from zoneinfo import ZoneInfo

from pwa.domain.days import at_wall


class Reads(TypedDict):
    #: ISO weekdays, Monday is 1
    days: Sequence[int]
    #: wall clock at the clinic, "09:00"
    at: str


class Card(TypedDict):
    """As much of the clinic's card as this rule needs."""

    reads: Reads
    #: IANA name
    zone: str


def next_read(card: Card, moment: datetime) -> datetime:
    """The first reading time after this moment, aware, in the clinic's zone. ValueError if there is none."""
    reads, zone = card["reads"], card["zone"]
    clock = time.fromisoformat(reads["at"])
    here = moment.astimezone(ZoneInfo(zone)).date()
    for ahead in range(8):
        day = here + timedelta(days=ahead)
        if day.isoweekday() in reads["days"] and (read := at_wall(day, clock, zone)) > moment:
            return read
    raise ValueError("a clinic reads on at least one day of the week")
