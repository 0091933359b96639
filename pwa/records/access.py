"""Who treats whom, and who looked."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKeyConstraint, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from pwa.records.base import Base, Instant


class CareTeam(Base):
    """One member of staff may see one patient, as a clinician or as a therapist."""

    __tablename__ = "care_team"

    clinic_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    patient_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    person_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    role: Mapped[str] = mapped_column(String(12))

    __table_args__ = (
        ForeignKeyConstraint(["clinic_id", "patient_id"], ["patient.clinic_id", "patient.id"]),
        ForeignKeyConstraint(["clinic_id", "person_id"], ["person.clinic_id", "person.id"]),
        CheckConstraint("role IN ('clinician', 'therapist')", name="role"),
        Index(None, "clinic_id", "person_id", "patient_id"),
    )


class AuditRow(Base):
    """One look by staff at patients' data: who, whose, what kind, which records, when, why. Never content."""

    __tablename__ = "audit"

    id: Mapped[int] = mapped_column(primary_key=True)
    clinic_id: Mapped[str] = mapped_column(String(36))
    at: Mapped[datetime] = mapped_column(Instant)
    person_id: Mapped[str] = mapped_column(String(36))
    role: Mapped[str] = mapped_column(String(12))
    #: read or write
    action: Mapped[str] = mapped_column(String(12))
    #: what kind of data: patients, patient, journal, treatment, people
    what: Mapped[str] = mapped_column(String(24))
    #: ids of the patients
    patients: Mapped[list[str]] = mapped_column(JSON)
    #: ids of the records, where single records were opened
    records: Mapped[list[str]] = mapped_column(JSON)
    #: why, in a word: care, administration
    why: Mapped[str] = mapped_column(String(24))

    __table_args__ = (
        ForeignKeyConstraint(["clinic_id", "person_id"], ["person.clinic_id", "person.id"]),
        Index(None, "clinic_id", "at"),
    )
