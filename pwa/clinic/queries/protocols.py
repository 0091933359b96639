"""The protocols of a clinic."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from pwa.records import Person, Protocol, db


def all_of(user: Person) -> Sequence[Protocol]:
    """Those in use first."""
    theirs = select(Protocol).where(Protocol.clinic_id == user.clinic_id)
    return db.session.scalars(theirs.order_by(Protocol.closed_at.is_not(None), Protocol.name, Protocol.id)).all()


def one_of(user: Person, protocol: str) -> Protocol | None:
    return db.session.get(Protocol, (user.clinic_id, protocol))
