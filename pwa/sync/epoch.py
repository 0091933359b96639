"""Which life of this server a phone has seen: a restore from a backup begins a new one."""

from __future__ import annotations

from sqlalchemy import select

from pwa.records import ServerState, db


def epoch() -> int:
    """From 1 on; a phone that has heard none yet says 0."""
    return db.session.scalar(select(ServerState.epoch).where(ServerState.id == 1)) or 1


def advance() -> int:
    """The caller commits."""
    state = db.session.get(ServerState, 1) or ServerState(id=1, epoch=1)
    db.session.add(state)
    state.epoch += 1
    return state.epoch
