"""What the reading room keeps: visits, what of a journal was read there, and a therapist's own notes."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKeyConstraint, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from pwa.records.base import Base, Instant
from pwa.records.encrypted import EncryptedText
from pwa.records.entries import Head


class Visit(Head, Base):
    """An appointment of a patient with their therapist."""

    __tablename__ = "visit"
    __checks__ = (
        CheckConstraint("status IN ('planned', 'cancelled')", name="status"),
        Index(None, "clinic_id", "therapist", "at"),
    )

    status: Mapped[str] = mapped_column(String(12))
    at: Mapped[datetime] = mapped_column(Instant)
    minutes: Mapped[int]
    #: id of the person whom it is with
    therapist: Mapped[str] = mapped_column(String(36))


class Offer(Head, Base):
    """What a therapist offers for some days: a prompt or a practice of ours, a line of their own, or both."""

    __tablename__ = "offer"

    #: id of `domain.offers`
    offer: Mapped[str | None] = mapped_column(String(32))
    line: Mapped[str | None] = mapped_column(EncryptedText("offer.line"))
    #: the last day
    until: Mapped[date]


class Goal(Head, Base):
    """What patient and therapist want to reach, in the patient's own words."""

    __tablename__ = "goal"
    __checks__ = (CheckConstraint("measure IN ('ten', 'three')", name="measure"),)

    words: Mapped[str] = mapped_column(EncryptedText("goal.words"))
    measure: Mapped[str] = mapped_column(String(8))
    #: by visit: day and level
    levels: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    #: reached, or let go
    done: Mapped[bool | None]


class EntryRead(Base):
    """One wording of a journal entry, opened for the first time by one member of staff; the patient hears of it."""

    __tablename__ = "entry_read"

    clinic_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    patient_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    version_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    person_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    at: Mapped[datetime] = mapped_column(Instant)

    __table_args__ = (
        ForeignKeyConstraint(
            ["clinic_id", "patient_id", "version_id"], ["version.clinic_id", "version.patient_id", "version.id"]
        ),
        ForeignKeyConstraint(["clinic_id", "person_id"], ["person.clinic_id", "person.id"]),
    )


class Annotation(Base):
    """A note of a therapist's, for nobody else. It stays when the entry that it is about is taken back."""

    __tablename__ = "annotation"

    clinic_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    patient_id: Mapped[str] = mapped_column(String(36))
    person_id: Mapped[str] = mapped_column(String(36))
    #: of the journal entry that it is about; null: about none
    record: Mapped[str | None] = mapped_column(String(36))
    text: Mapped[str] = mapped_column(EncryptedText("annotation.text"))
    at: Mapped[datetime] = mapped_column(Instant)

    __table_args__ = (
        ForeignKeyConstraint(["clinic_id", "patient_id"], ["patient.clinic_id", "patient.id"]),
        ForeignKeyConstraint(["clinic_id", "person_id"], ["person.clinic_id", "person.id"]),
        Index(None, "clinic_id", "patient_id", "person_id", "at"),
    )
