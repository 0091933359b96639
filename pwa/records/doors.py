"""How one comes in: invitations, and what they leave behind."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKeyConstraint, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from pwa.records.base import Base, Instant


class Invitation(Base):
    """The way in for one person, once, by a code of which only the keyed hash is kept. Its row outlives it."""

    __tablename__ = "invitation"

    clinic_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    #: who comes in by it
    person_id: Mapped[str] = mapped_column(String(36))
    #: who made it; null: whoever runs the server, by command
    made_by: Mapped[str | None] = mapped_column(String(36))
    code_hash: Mapped[str] = mapped_column(String(64), unique=True)
    made_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant)
    used_at: Mapped[datetime | None] = mapped_column(Instant)
    #: by the clinic, or because another one took its place
    withdrawn_at: Mapped[datetime | None] = mapped_column(Instant)

    __table_args__ = (
        ForeignKeyConstraint(["clinic_id", "person_id"], ["person.clinic_id", "person.id"]),
        ForeignKeyConstraint(["clinic_id", "made_by"], ["person.clinic_id", "person.id"]),
        Index(None, "clinic_id", "person_id"),
    )
