"""What a clinic chose: its protocols, and what of the catalogue it asks."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from pwa.records.base import Base, Instant


class Protocol(Base):
    """From which a patient's course is made. A course once made does not change with it."""

    __tablename__ = "protocol"

    clinic_id: Mapped[str] = mapped_column(ForeignKey("clinic.id"), primary_key=True)
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    route: Mapped[str] = mapped_column(String(16))
    drug: Mapped[str] = mapped_column(String(16))
    #: the usual one: what a planned treatment says until it is given
    dose: Mapped[float]
    unit: Mapped[str] = mapped_column(String(8))
    place: Mapped[str] = mapped_column(String(12))
    #: how long it works on the person
    minutes: Mapped[int]
    #: induction: so many treatments, over so many days, at least so many days apart
    treatments: Mapped[int]
    days: Mapped[int]
    apart: Mapped[int]
    #: maintenance: days between two
    every: Mapped[int]
    #: null: in use
    closed_at: Mapped[datetime | None] = mapped_column(Instant)

    __table_args__ = (CheckConstraint("dose > 0", name="dose"),)


class ClinicItem(Base):
    """An effect or a check of the catalogue that a clinic does not ask, or an effect that it added."""

    __tablename__ = "clinic_item"

    clinic_id: Mapped[str] = mapped_column(ForeignKey("clinic.id"), primary_key=True)
    #: effect, check or own
    what: Mapped[str] = mapped_column(String(8), primary_key=True)
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    is_asked: Mapped[bool]
    #: of its own, in both languages
    en: Mapped[str | None] = mapped_column(String(120))
    fr: Mapped[str | None] = mapped_column(String(120))

    __table_args__ = (CheckConstraint("what IN ('effect', 'check', 'own')", name="what"),)
