"""Whether a courier goes round. When none does nobody is told anything, so this is said loudly."""

from __future__ import annotations

from datetime import timedelta

from pwa.config import now
from pwa.errors import Problem
from pwa.notices.reminders import EVERY
from pwa.records import CourierTurn, db
from pwa.records.base import begin_writing
from pwa.records.notices import is_courier_silent

#: how often a courier notes that it is there
BEAT = timedelta(seconds=20)


def courier_goes_round() -> None:
    """Problem "courier-silent"."""
    if is_courier_silent(now()):
        raise Problem("courier-silent")


def beat() -> None:
    row = db.session.get(CourierTurn, 1)
    if row and now() - row.at < BEAT:
        return
    begin_writing()
    row = db.session.get(CourierTurn, 1, with_for_update=True)
    if row is None:
        db.session.add(CourierTurn(id=1, at=now(), planned_until=now() - EVERY))
    else:
        row.at = now()
    db.session.commit()
