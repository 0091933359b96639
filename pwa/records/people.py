"""Clinics, the people in them, and their sign-ins. Every row belongs to a clinic, and keys lead with it."""

from __future__ import annotations

from datetime import date, datetime

from flask_login import UserMixin
from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column, validates

from pwa.records.base import Base, Instant, begin_writing, db
from pwa.records.encrypted import EncryptedName, EncryptedText
from pwa.records.keyring import keyring

ROLES = ("patient", "clinician", "therapist", "manager", "front-desk")
LANGUAGES = ("en", "fr")


class Clinic(Base):
    __tablename__ = "clinic"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    #: IANA name; a day of treatment is a civil day there
    zone: Mapped[str] = mapped_column(String(64), default="America/Toronto")
    #: the fields that the REMS of nasal esketamine asks in the USA stand on a treatment's page
    rems: Mapped[bool] = mapped_column(default=False)
    #: the question about thoughts; not without a named responder
    thoughts_asked: Mapped[bool] = mapped_column(default=False)
    #: staff are out after so many minutes in which nobody used the page, patients so many days after they came in
    idle_minutes: Mapped[int] = mapped_column(default=15)
    patient_days: Mapped[int] = mapped_column(default=400)
    #: how long the audit trail is kept
    audit_years: Mapped[int] = mapped_column(default=10)
    #: how long a patient's record is kept after its last entry
    kept_years: Mapped[int] = mapped_column(default=10)
    #: only a demo clinic may be made, filled and thrown away by command
    is_demo: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(Instant)


def begin_naming(clinic_id: str) -> None:
    """Begins to write. Until that ends nobody else at this clinic looks for a free address or code, and takes it."""
    begin_writing()
    db.session.execute(select(Clinic.id).where(Clinic.id == clinic_id).with_for_update(key_share=True))


class Person(UserMixin, Base):
    """Anyone who signs in. A patient has a row in `patient` as well, with the same id."""

    __tablename__ = "person"
    __allow_unmapped__ = True

    clinic_id: Mapped[str] = mapped_column(ForeignKey("clinic.id"), primary_key=True)
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    role: Mapped[str] = mapped_column(String(12))
    #: lower case
    email: Mapped[str | None] = mapped_column(EncryptedText("person.email"))
    #: by which the address is found
    email_index: Mapped[str | None] = mapped_column(String(64))
    #: argon2id; null: cannot sign in with a password
    password_hash: Mapped[str | None] = mapped_column(String(200))
    #: what it was before is kept: `records.names`
    name: Mapped[str] = mapped_column(EncryptedName("person.name"), active_history=True)
    language: Mapped[str] = mapped_column(String(2), default="en")
    #: single keys do nothing on the clinic's pages
    keys_off: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(Instant)
    #: by the clinic; null: open. Nothing of the person's goes with it
    closed_at: Mapped[datetime | None] = mapped_column(Instant)
    #: of a patient: nothing is kept any longer but this row, to which the audit trail points
    erased_at: Mapped[datetime | None] = mapped_column(Instant)

    __table_args__ = (
        CheckConstraint(f"role IN {ROLES}", name="role"),
        CheckConstraint(f"language IN {LANGUAGES}", name="language"),
        Index("uq_person_email_index", "clinic_id", "email_index", unique=True),
    )

    #: the secret of the sign-in by which this person came in; set by accounts, never kept
    secret: str

    @validates("email")
    def _index(self, _name: str, email: str | None) -> str | None:
        self.email_index = keyring().index(email) if email else None
        return email

    def get_id(self) -> str:
        return self.secret


class Patient(Base):
    __tablename__ = "patient"

    clinic_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    #: what staff say aloud and search by, such as KT-1042
    code: Mapped[str] = mapped_column(String(12))
    birth_date: Mapped[date]
    phone: Mapped[str | None] = mapped_column(EncryptedText("patient.phone"))
    may_leave_message: Mapped[bool] = mapped_column(default=False)
    #: the number of the newest version of this patient; allotted under a lock on this row
    seq: Mapped[int] = mapped_column(default=0)

    __table_args__ = (
        ForeignKeyConstraint(["clinic_id", "id"], ["person.clinic_id", "person.id"]),
        UniqueConstraint("clinic_id", "code"),
    )


class Device(Base):
    """One browser in which someone signed in; a new one after every wipe."""

    __tablename__ = "device"

    clinic_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    person_id: Mapped[str] = mapped_column(String(36))
    issued_at: Mapped[datetime] = mapped_column(Instant)
    #: how many entries the phone last said were waiting; what a returning empty phone has lost
    waiting: Mapped[int] = mapped_column(default=0)
    synced_at: Mapped[datetime | None] = mapped_column(Instant)
    #: SHA-256, hex, of what its cookie holds beside its id; null: no account knows this browser
    key_hash: Mapped[str | None] = mapped_column(String(64))

    __table_args__ = (ForeignKeyConstraint(["clinic_id", "person_id"], ["person.clinic_id", "person.id"]),)


class SignIn(Base):
    """One sign-in, open until it expires or is revoked. The cookie carries a secret of which only the hash is kept."""

    __tablename__ = "sign_in"

    clinic_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    person_id: Mapped[str] = mapped_column(String(36))
    device_id: Mapped[str] = mapped_column(String(36))
    #: SHA-256, hex, of the secret in the cookie
    secret_hash: Mapped[str] = mapped_column(String(64), unique=True)
    opened_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant)
    revoked_at: Mapped[datetime | None] = mapped_column(Instant)
    #: by two steps, or by a passkey, which is both; a real clinic's staff see nothing without
    two_steps: Mapped[bool] = mapped_column(default=False)
    #: when whoever sits there last proved who they are
    proved_at: Mapped[datetime] = mapped_column(Instant)
    #: when it was last used: of staff by the minute, of patients by the day
    seen_at: Mapped[datetime] = mapped_column(Instant)
    #: such as "Safari, iPhone", for its owner's own list
    browser: Mapped[str] = mapped_column(String(40))

    __table_args__ = (
        ForeignKeyConstraint(["clinic_id", "person_id"], ["person.clinic_id", "person.id"]),
        ForeignKeyConstraint(["clinic_id", "device_id"], ["device.clinic_id", "device.id"]),
        Index(None, "clinic_id", "person_id"),
    )


class SignInCode(Base):
    """A code by which a patient comes in once, on another screen; one at a time. Only its keyed hash is kept."""

    __tablename__ = "sign_in_code"

    clinic_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    person_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    code_hash: Mapped[str] = mapped_column(String(64), unique=True)
    expires_at: Mapped[datetime] = mapped_column(Instant)

    __table_args__ = (ForeignKeyConstraint(["clinic_id", "person_id"], ["person.clinic_id", "person.id"]),)


class PasswordTry(Base):
    """One wrong password or code, kept while it counts. `key` is a keyed hash of the account, phone or address."""

    __tablename__ = "password_try"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(Instant)

    __table_args__ = (Index(None, "key", "at"),)
