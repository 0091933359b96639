"""That a clinic erased a patient: the record that it did, without a word of the patient."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, ForeignKeyConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from pwa.records.base import Base, Instant


class Erasure(Base):
    __tablename__ = "erasure"

    clinic_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    #: keyed hash of clinic and code, which no change of keys ends: whoever asks whether a code was erased is answered
    code_hash: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(Instant)
    by: Mapped[str] = mapped_column(String(36))
    #: table → how many rows went
    counts: Mapped[dict[str, int]] = mapped_column(JSON)

    __table_args__ = (ForeignKeyConstraint(["clinic_id", "by"], ["person.clinic_id", "person.id"]),)
