"""Notices are kept for a year, to show that somebody was told; then they go."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete

from pwa.config import now
from pwa.records import CourierTurn, Notice, db
from pwa.records.base import begin_writing

KEPT = timedelta(days=365)


def forget(_me: str) -> None:
    """Once a day, by the day until which reminders are planned. What still waits stays, however old."""
    moment = now()
    if db.session.get_one(CourierTurn, 1).planned_until.date() == moment.date():
        return
    begin_writing()
    over = (Notice.created_at < moment - KEPT, Notice.state.not_in(("waiting", "claimed")))
    db.session.execute(delete(Notice).where(*over))
    db.session.commit()
