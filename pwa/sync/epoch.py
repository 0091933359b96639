"""Which life of this server a phone has seen: a restore from a backup begins a new one."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import select

from pwa.config import now
from pwa.records import ServerState, db

BEGAN = datetime(2026, 1, 1, tzinfo=UTC)


def epoch() -> int:
    """From 1 on; a phone that has heard none yet says 0."""
    return db.session.scalar(select(ServerState.epoch).where(ServerState.id == 1)) or 1


def advance() -> int:
    """The caller commits."""
    state = db.session.get(ServerState, 1) or ServerState(id=1, epoch=1)
    db.session.add(state)
    # by the clock, since two restores of one backup would count from the same number, and phones would hear of one
    state.epoch = max(state.epoch + 1, int((now() - BEGAN).total_seconds()))
    return state.epoch
