"""What was worth a look in a week, kept, so that it is the same however often and by whomever it is read."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from pwa.records.base import Base, Instant


class SignalLook(Base):
    __tablename__ = "signal_look"

    clinic_id: Mapped[str] = mapped_column(String(36), ForeignKey("clinic.id"), primary_key=True)
    #: the running one, before which it looked; see `domain.days.week_of`
    week: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    #: of `domain.signals.looking.METHOD`: another method looks anew
    method: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    made_at: Mapped[datetime] = mapped_column(Instant)
    #: as `clinic.looks` writes it down
    found: Mapped[dict[str, Any]] = mapped_column(JSON)
