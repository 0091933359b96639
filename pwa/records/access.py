"""Who treats whom, what patients hide from a role, and who opened a record in an emergency."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from pwa.records.base import Base, Instant
from pwa.records.encrypted import EncryptedText

STANDS = text("until IS NULL")


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


class Hidden(Base):
    """A patient hides a part from a role. To show it again ends the row, which stays as the history."""

    __tablename__ = "hidden"

    clinic_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    patient_id: Mapped[str] = mapped_column(String(36))
    #: of `domain.rights`
    part: Mapped[str] = mapped_column(String(12))
    role: Mapped[str] = mapped_column(String(12))
    since: Mapped[datetime] = mapped_column(Instant)
    #: null: it is hidden now
    until: Mapped[datetime | None] = mapped_column(Instant)

    __table_args__ = (
        ForeignKeyConstraint(["clinic_id", "patient_id"], ["patient.clinic_id", "patient.id"]),
        CheckConstraint("role IN ('clinician', 'therapist')", name="role"),
        Index(
            "uq_hidden_stands",
            *("clinic_id", "role", "part", "patient_id"),
            unique=True,
            sqlite_where=STANDS,
            postgresql_where=STANDS,
        ),
        Index(None, "clinic_id", "patient_id", "since"),
    )


class Emergency(Base):
    """A clinician opened a patient's record for some hours, and said why."""

    __tablename__ = "emergency"

    clinic_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    patient_id: Mapped[str] = mapped_column(String(36))
    person_id: Mapped[str] = mapped_column(String(36))
    #: read by the patient and the managers
    reason: Mapped[str] = mapped_column(EncryptedText("emergency.reason"))
    at: Mapped[datetime] = mapped_column(Instant)
    #: earlier than it would have ended, if the clinician ended it
    until: Mapped[datetime] = mapped_column(Instant)
    #: when the patient, whom Today leads there, said that they had seen it
    seen_at: Mapped[datetime | None] = mapped_column(Instant)

    __table_args__ = (
        ForeignKeyConstraint(["clinic_id", "patient_id"], ["patient.clinic_id", "patient.id"]),
        ForeignKeyConstraint(["clinic_id", "person_id"], ["person.clinic_id", "person.id"]),
        Index(None, "clinic_id", "person_id", "until"),
        Index(None, "clinic_id", "patient_id", "at"),
    )
