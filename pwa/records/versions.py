"""Versions, kept verbatim."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKeyConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from pwa.records.base import Base, Instant
from pwa.records.encrypted import Encrypted


class Version(Base):
    """One immutable statement of one patient, or of the clinic to this patient, as it was sent."""

    __tablename__ = "version"

    clinic_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    patient_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    #: the id made on the phone; where none could be read, "sha256:" and the first half of the text's hash
    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    #: the server's own number, counted for each patient in commit order
    seq: Mapped[int]
    #: the text as it was sent, byte for byte (UTF-8; lone surrogates pass)
    text: Mapped[bytes] = mapped_column(Encrypted("version.text"))
    #: stored or parked
    outcome: Mapped[str] = mapped_column(String(8))
    #: why it was parked: [{"field", "code"}]
    errors: Mapped[list[dict[str, Any]] | None] = mapped_column(JSON(none_as_null=True))
    record: Mapped[str | None] = mapped_column(String(36))
    kind: Mapped[str | None] = mapped_column(String(24))
    #: ids of the versions that were on the screen
    parents: Mapped[list[str]] = mapped_column(JSON)
    #: who wrote it: the patient's own id or that of a member of staff
    author_id: Mapped[str] = mapped_column(String(36))
    device_id: Mapped[str | None] = mapped_column(String(36))
    received_at: Mapped[datetime] = mapped_column(Instant)

    __table_args__ = (
        ForeignKeyConstraint(["clinic_id", "patient_id"], ["patient.clinic_id", "patient.id"]),
        ForeignKeyConstraint(["clinic_id", "author_id"], ["person.clinic_id", "person.id"]),
        UniqueConstraint("clinic_id", "patient_id", "seq"),
        # a record's id is enough to find it, and one index fewer begins with the patient
        Index(None, "record"),
        CheckConstraint("outcome IN ('stored', 'parked')", name="outcome"),
    )


class Clash(Base):
    """A text that came under an id which already stood for another text. Both are kept; a person must look."""

    __tablename__ = "clash"

    clinic_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    patient_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    version_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    #: SHA-256, hex, of the text
    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    text: Mapped[bytes] = mapped_column(Encrypted("clash.text"))
    author_id: Mapped[str] = mapped_column(String(36))
    device_id: Mapped[str | None] = mapped_column(String(36))
    received_at: Mapped[datetime] = mapped_column(Instant)

    __table_args__ = (
        ForeignKeyConstraint(
            ["clinic_id", "patient_id", "version_id"], ["version.clinic_id", "version.patient_id", "version.id"]
        ),
    )


class ServerState(Base):
    """One row: what phones must know of this server."""

    __tablename__ = "server_state"

    id: Mapped[int] = mapped_column(primary_key=True)
    #: raised when the server was restored from a backup; phones then send all they have again
    epoch: Mapped[int] = mapped_column(default=1)
