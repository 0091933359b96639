"""Which life of this server a phone has seen: a restore from a backup begins a new one."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import func, select

from pwa.config import now
from pwa.records import ServerState, db

BEGAN = datetime(2026, 1, 1, tzinfo=UTC)
#: from 1 on; a phone that has heard none yet says 0
EPOCH = func.coalesce(select(ServerState.epoch).where(ServerState.id == 1).scalar_subquery(), 1).label("epoch")


def epoch() -> int:
    there: int = db.session.execute(select(EPOCH)).scalar_one()
    return there


def advance() -> int:
    """The caller commits."""
    state = db.session.get(ServerState, 1) or ServerState(id=1, epoch=1)
    db.session.add(state)
    # by the clock, since two restores of one backup would count from the same number, and phones would hear of one
    state.epoch = max(state.epoch + 1, int((now() - BEGAN).total_seconds()))
    return state.epoch
