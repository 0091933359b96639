"""How one comes in: invitations, and second steps."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKeyConstraint, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from pwa.records.base import Base, Instant
from pwa.records.encrypted import EncryptedText


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
    #: of who cannot read their mail: it opens then, without the code of the mail, if somebody has agreed
    opens_at: Mapped[datetime | None] = mapped_column(Instant)
    #: the clinician of the care team who said that this patient had asked for it
    agreed_by: Mapped[str | None] = mapped_column(String(36))
    agreed_at: Mapped[datetime | None] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant)
    #: when its person, who was still signed in somewhere, said that they had asked for it
    owned_at: Mapped[datetime | None] = mapped_column(Instant)
    used_at: Mapped[datetime | None] = mapped_column(Instant)
    #: by the clinic, or because another one took its place
    withdrawn_at: Mapped[datetime | None] = mapped_column(Instant)

    __table_args__ = (
        ForeignKeyConstraint(["clinic_id", "person_id"], ["person.clinic_id", "person.id"]),
        ForeignKeyConstraint(["clinic_id", "made_by"], ["person.clinic_id", "person.id"]),
        ForeignKeyConstraint(["clinic_id", "agreed_by"], ["person.clinic_id", "person.id"]),
        Index(None, "clinic_id", "person_id"),
    )


class Authenticator(Base):
    """An app that shows codes (TOTP): the second step of a member of staff."""

    __tablename__ = "authenticator"

    clinic_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    person_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    #: what the app and we both know
    secret: Mapped[str] = mapped_column(EncryptedText("authenticator.secret"))
    #: of another app that is to take its place; null: none is
    next_secret: Mapped[str | None] = mapped_column(EncryptedText("authenticator.next_secret"))
    #: null: its first code was not typed yet, so it opens nothing
    confirmed_at: Mapped[datetime | None] = mapped_column(Instant)
    #: the newest half minute whose code was used: none of it or before is taken again
    last_step: Mapped[int] = mapped_column(default=0)

    __table_args__ = (ForeignKeyConstraint(["clinic_id", "person_id"], ["person.clinic_id", "person.id"]),)


class RecoveryCode(Base):
    """For the day on which the app with codes is lost; its row goes when it is used. Only its keyed hash is kept."""

    __tablename__ = "recovery_code"

    clinic_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    person_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    code_hash: Mapped[str] = mapped_column(String(64), primary_key=True)

    __table_args__ = (ForeignKeyConstraint(["clinic_id", "person_id"], ["person.clinic_id", "person.id"]),)


class Passkey(Base):
    """A key that a phone keeps, and uses only for who unlocks it (WebAuthn). Only its public half is here."""

    __tablename__ = "passkey"

    clinic_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    person_id: Mapped[str] = mapped_column(String(36))
    #: its own id, base64url, as its keeper made it
    credential: Mapped[str] = mapped_column(String(1364), unique=True)
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    #: how often its keeper says that it was used; 0 for ever with many
    sign_count: Mapped[int]
    #: where it was made, such as "Safari, iPhone"
    name: Mapped[str] = mapped_column(String(40))
    made_at: Mapped[datetime] = mapped_column(Instant)

    __table_args__ = (
        ForeignKeyConstraint(["clinic_id", "person_id"], ["person.clinic_id", "person.id"]),
        Index(None, "clinic_id", "person_id"),
    )


class Challenge(Base):
    """What must be answered once and soon: what a passkey signs, or a second step. `key` is a keyed hash of it and of
    what it is for; that of a second step begins with the hash of whose it is."""

    __tablename__ = "challenge"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    expires_at: Mapped[datetime] = mapped_column(Instant)
