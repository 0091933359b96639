"""Whether a courier goes round, and all that it does goes well. When not, nobody may be told of an alert: it is said
loudly."""

from __future__ import annotations

from datetime import timedelta

from pwa.config import now
from pwa.errors import Problem
from pwa.notices.reminders import EVERY
from pwa.records import CourierTurn, db
from pwa.records.base import begin_writing
from pwa.records.notices import is_courier_silent

#: how often a courier notes that a whole turn went well
BEAT = timedelta(seconds=20)


def courier_goes_round() -> None:
    """Problem "courier-silent"."""
    if is_courier_silent(now()):
        raise Problem("courier-silent")


def begin(_me: str) -> None:
    """From the first turn on there is something to be missed."""
    if db.session.get(CourierTurn, 1) is None:
        _note()


def beat(_me: str) -> None:
    row = db.session.get(CourierTurn, 1)
    if row is None or now() - row.at >= BEAT:
        _note()


def _note() -> None:
    begin_writing()
    row = db.session.get(CourierTurn, 1, with_for_update=True)
    if row is None:
        db.session.add(CourierTurn(id=1, at=now(), planned_until=now() - EVERY))
    else:
        row.at = now()
    db.session.commit()
