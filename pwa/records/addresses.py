"""An address for mail that its owner asked for, until a link in a mail to it was used."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKeyConstraint, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from pwa.records.base import Base, Instant
from pwa.records.encrypted import EncryptedText


class AddressChange(Base):
    """Ends when its link was used, when it is too old, or when a newer one was asked for; the row stays."""

    __tablename__ = "address_change"

    clinic_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    person_id: Mapped[str] = mapped_column(String(36))
    email: Mapped[str] = mapped_column(EncryptedText("address_change.email"))
    #: the address until then, which is told whatever comes of it
    before: Mapped[str] = mapped_column(EncryptedText("address_change.before"))
    asked_at: Mapped[datetime] = mapped_column(Instant)
    #: earlier than it would have been, if it was stopped or a newer one took its place
    expires_at: Mapped[datetime] = mapped_column(Instant)
    used_at: Mapped[datetime | None] = mapped_column(Instant)

    __table_args__ = (
        ForeignKeyConstraint(["clinic_id", "person_id"], ["person.clinic_id", "person.id"]),
        Index(None, "clinic_id", "person_id"),
    )
