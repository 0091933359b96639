"""Whoever runs it hears of backups that stopped, of a trail that nobody follows, and of a unit that failed."""

from __future__ import annotations

import click
from flask.cli import with_appcontext

from pwa.config import now
from pwa.notices import reminders
from pwa.records import Clinic, db
from pwa.records.base import begin_writing
from pwa.records.responding import tell_operators
from pwa.records.upkeep import overdue


def look(_me: str) -> None:
    """A part of the courier's turn; each clinic's managers are told once a day."""
    if not reminders.is_time(now()):
        return
    late = [(clinic.id, what) for clinic in _real() for what in overdue(clinic.created_at)]
    for clinic_id, what in late:
        _tell(clinic_id, what)


@click.command("tell-operators")
@with_appcontext
def tell() -> None:
    """Mails every manager that Tidelog needs a look, once a day; for a unit that failed."""
    for clinic in _real():
        _tell(clinic.id, "unit")


def _real() -> list[Clinic]:
    return list(db.session.scalars(db.select(Clinic).where(Clinic.is_demo.is_(False))))


def _tell(clinic_id: str, what: str) -> None:
    begin_writing()
    tell_operators(clinic_id, {what: now()}, "upkeep")
    db.session.commit()
