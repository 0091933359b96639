"""How much fits in an answer. Forms ask within these, and the tables hold to them."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from zoneinfo import available_timezones


@dataclass(frozen=True)
class Range:
    min: float
    max: float


#: characters
NOTE, OTHER, JOURNAL = 2000, 500, 20_000
#: mmHg, mmHg and beats a minute: wide enough for any cuff and any crisis, narrow enough to catch a slip of the thumb
SYSTOLIC, DIASTOLIC, PULSE = Range(50, 300), Range(20, 200), Range(20, 250)
#: mg or mg/kg; minutes that one stays in its effect; treatments of a course
DOSE, MINUTES, NUMBER = Range(0.001, 2000), Range(1, 1440), Range(1, 999)
#: kg; percent of oxygen in the blood; days of a rhythm
WEIGHT, OXYGEN, RHYTHM = Range(20, 400), Range(50, 100), Range(1, 366)
#: characters of a name: a nurse, an effect of the clinic's own; of a lot number
NAME, LOT = 120, 40

FIRST_DAY = date(2000, 1, 1)
#: a phone may be a day ahead of the server by its zone, and a little more by its clock
DAYS_AHEAD = timedelta(days=2)


@cache
def zones() -> frozenset[str]:
    """Every IANA name that this server knows; a phone's own list may be newer."""
    return frozenset(available_timezones())


def is_day_possible(day: date, received: date) -> bool:
    """Of this century, and come already as far as zones allow to tell. `received`: the day in UTC."""
    return FIRST_DAY <= day <= received + DAYS_AHEAD
