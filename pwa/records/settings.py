"""What a clinic chose: its protocols, and what of the catalogue it asks."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, ForeignKeyConstraint, String
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
    """What a clinic asks otherwise than the catalogue: not at all, at other times, or an effect that it added."""

    __tablename__ = "clinic_item"

    clinic_id: Mapped[str] = mapped_column(ForeignKey("clinic.id"), primary_key=True)
    #: effect, check or own
    what: Mapped[str] = mapped_column(String(8), primary_key=True)
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    is_asked: Mapped[bool]
    #: of its own, in both languages
    en: Mapped[str | None] = mapped_column(String(120))
    fr: Mapped[str | None] = mapped_column(String(120))
    #: when it is asked as a check: days, treatments and mg; null: as in the catalogue, or as no check
    every: Mapped[dict[str, int] | None] = mapped_column(JSON(none_as_null=True))
    #: of its own, the routes that it can follow; null: all
    routes: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))

    __table_args__ = (CheckConstraint("what IN ('effect', 'check', 'own')", name="what"),)


class AskedChange(Base):
    """What a clinic asked from one moment on, and who set it so. Rows are only ever added."""

    __tablename__ = "asked_change"

    clinic_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    at: Mapped[datetime] = mapped_column(Instant)
    person_id: Mapped[str] = mapped_column(String(36))
    #: as the card says it, with the question about thoughts
    said: Mapped[dict[str, Any]] = mapped_column(JSON)

    __table_args__ = (ForeignKeyConstraint(["clinic_id", "person_id"], ["person.clinic_id", "person.id"]),)
