"""What stands out in the demo clinic's numbers, and what does not: the truth that its room of side effects is held to.

Planted over what patients are prone to by published rates (`demo.symptoms`), which differ by route and no other way.
"""

import random
from dataclasses import dataclass
from datetime import date, timedelta

from pwa.demo.nurse import lot
from pwa.demo.people import Someone
from pwa.demo.treatments import Session


@dataclass(frozen=True)
class Planted:
    effect: str
    #: after which share of these treatments it comes besides
    share: float
    #: None: any
    route: str | None = None
    #: only in the last weeks
    weeks: int | None = None
    #: only after the one lot of `lot_that_stands_out`
    of_lot: bool = False


SIGNALS = (
    Planted("sweating", 0.2, route="im"),
    Planted("unsteady", 0.3, route="nasal", weeks=8),
    Planted("headache", 0.4, route="iv", of_lot=True),
)
#: as often after any treatment
NULLS = (Planted("muscle-spasm", 0.07), Planted("sound-sensitivity", 0.1))
#: so was what has become more frequent on one route
BEFORE = (Planted("unsteady", 0.05),)


def lot_that_stands_out(today: date) -> str:
    return lot("ketamine", today - timedelta(weeks=7), 0)


def brought(person: Someone, seed: int, today: date, session: Session) -> dict[str, int]:
    """Effects that this treatment brings besides, and how strong."""
    chance = random.Random(f"{seed} planted {person.n} {session.index}")  # noqa: S311 (nothing secret)
    luck = {one: chance.random() for one in (*SIGNALS, *NULLS, *BEFORE)}
    come = [one for one in luck if luck[one] < one.share and _fits(one, session, today)]
    return {one.effect: 1 + (luck[one] < one.share / 4) for one in come}


def _fits(one: Planted, session: Session, today: date) -> bool:
    by_route = one.route in (None, session.body["route"])
    by_week = one.weeks is None or session.at.date() >= today - timedelta(weeks=one.weeks)
    by_lot = not one.of_lot or session.body.get("lot") == lot_that_stands_out(today)
    return by_route and by_week and by_lot
