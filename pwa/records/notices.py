"""What must go out, kept until it did; and the browsers that asked to be told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from sqlalchemy import (
    CheckConstraint,
    ForeignKeyConstraint,
    Index,
    Select,
    String,
    UniqueConstraint,
    exists,
    func,
    select,
    union_all,
)
from sqlalchemy.orm import Mapped, aliased, mapped_column

from pwa.records.base import Base, Instant, db, insert_new, table_of
from pwa.records.encrypted import EncryptedText
from pwa.records.ids import uuid7
from pwa.records.people import Clinic, Person, SignIn

#: invited and keys go to whoever signs in: a new invitation was made, or the way in was changed; agree to clinicians
#: of whom one must say that a patient of theirs asked for it; emergency to managers and looked to the patient whose
#: record was opened in one; taken-out and corrected to the patient whose record or name
#: it was; team to a patient whom others treat than before; new-address and old-address to the two addresses of who
#: changes the one for mail
ABOUT_ONESELF = ("invited", "keys", "looked", "taken-out", "corrected", "new-address", "old-address", "team")
WHATS = ("alert", "escalation", "reminder", "operator", "emergency", "agree", *ABOUT_ONESELF)
CHANNELS = ("mail", "push")
#: what was done with their record or their way in goes to its person by mail also when their account is closed
ALSO_WHEN_CLOSED = ("keys", "looked", "taken-out", "corrected", "old-address", "team")
#: causes that are none of these things: the person closed the account; the clinic did, or opened it again
GOODBYE, CLOSED, OPENED = "goodbye", "closed-by-clinic", "opened-by-clinic"
#: what a notice begins with
FRESH = {"state": "waiting", "tries": 0}
STATES = ("waiting", "claimed", "sent", "dead", "off")
#: nobody reads them any more
IN_VAIN = ("dead", "off")
#: why one is off that its person read on a page instead
SEEN = "seen"


#: a courier that was not heard of for so long is silent
SILENT = timedelta(minutes=5)


class Notice(Base):
    """One message to one person by one way. It holds no word of it: what is sent follows from `what` alone."""

    __tablename__ = "notice"

    clinic_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    #: who gets it
    person_id: Mapped[str] = mapped_column(String(36))
    what: Mapped[str] = mapped_column(String(12))
    #: id of the alert or the treatment, to find it again; never sent
    about: Mapped[str] = mapped_column(String(64))
    #: why, such as "alert:<id>:urgent:<id of what happened>"; the same cause is told once by each way
    cause: Mapped[str] = mapped_column(String(120))
    channel: Mapped[str] = mapped_column(String(4))
    due_at: Mapped[datetime] = mapped_column(Instant)
    created_at: Mapped[datetime] = mapped_column(Instant)
    #: off: not wanted any more when it fell due. dead: given up
    state: Mapped[str] = mapped_column(String(8))
    claimed_at: Mapped[datetime | None] = mapped_column(Instant)
    #: which courier holds it
    claimed_by: Mapped[str | None] = mapped_column(String(80))
    #: set before it is handed over: from then on nobody but the other side knows whether it went out
    handed_at: Mapped[datetime | None] = mapped_column(Instant)
    tries: Mapped[int]
    next_at: Mapped[datetime] = mapped_column(Instant)
    sent_at: Mapped[datetime | None] = mapped_column(Instant)
    #: a short code of why it failed or is off
    failure: Mapped[str | None] = mapped_column(String(40))

    __table_args__ = (
        ForeignKeyConstraint(["clinic_id", "person_id"], ["person.clinic_id", "person.id"]),
        UniqueConstraint("clinic_id", "person_id", "cause", "channel"),
        CheckConstraint(f"what IN {WHATS}", name="what"),
        CheckConstraint(f"channel IN {CHANNELS}", name="channel"),
        CheckConstraint(f"state IN {STATES}", name="state"),
        Index(None, "state", "next_at"),
    )


class PushSubscription(Base):
    """One browser that shows notices to whoever signed in there, for as long as that sign-in is open."""

    __tablename__ = "push_subscription"

    #: SHA-256, hex, of the endpoint: a browser has one, whoever uses it
    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    clinic_id: Mapped[str] = mapped_column(String(36))
    person_id: Mapped[str] = mapped_column(String(36))
    sign_in_id: Mapped[str] = mapped_column(String(36))
    endpoint: Mapped[str] = mapped_column(EncryptedText("push_subscription.endpoint"))
    #: the browser's public key and shared secret, base64url as it gave them
    p256dh: Mapped[str] = mapped_column(EncryptedText("push_subscription.p256dh"))
    auth: Mapped[str] = mapped_column(EncryptedText("push_subscription.auth"))
    renewed_at: Mapped[datetime] = mapped_column(Instant)

    __table_args__ = (
        ForeignKeyConstraint(["clinic_id", "person_id"], ["person.clinic_id", "person.id"]),
        ForeignKeyConstraint(["clinic_id", "sign_in_id"], ["sign_in.clinic_id", "sign_in.id"]),
        Index(None, "clinic_id", "person_id"),
    )


class CourierTurn(Base):
    """One row: when a courier last went round, and until when reminders are planned."""

    __tablename__ = "courier_turn"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(Instant)
    planned_until: Mapped[datetime] = mapped_column(Instant)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A notice as its cause asks for it."""

    clinic_id: str
    person_id: str
    what: str
    about: str
    cause: str
    channel: str
    due_at: datetime


def enqueue(wanted: Iterable[Wanted], moment: datetime) -> None:
    """Writes notices in the transaction of their cause, which the caller commits; what stands already is left alone."""
    rows = [
        {
            **asdict(each),
            "id": uuid7(moment),
            "created_at": moment,
            "state": "waiting",
            "tries": 0,
            "next_at": each.due_at,
        }
        for each in wanted
    ]
    if not rows:
        return
    connection = db.session.connection()
    connection.execute(insert_new(table_of(Notice), connection), rows)


def browsers_of(clinic_id: str, person_id: str, moment: datetime) -> Select[PushSubscription]:
    """Those in which the person asked to be told, and is signed in; perhaps anew since."""
    asked = aliased(SignIn)
    asked_by = (asked.clinic_id == PushSubscription.clinic_id) & (asked.id == PushSubscription.sign_in_id)
    is_open = exists().where(
        SignIn.clinic_id == clinic_id,
        SignIn.person_id == person_id,
        SignIn.device_id == asked.device_id,
        SignIn.revoked_at.is_(None),
        SignIn.expires_at > moment,
    )
    theirs = (PushSubscription.clinic_id == clinic_id, PushSubscription.person_id == person_id)
    return select(PushSubscription).join(asked, asked_by).where(*theirs, is_open)


def is_courier_silent(moment: datetime) -> bool:
    """Whether nothing goes out: no courier for five minutes, or none ever and one has been needed for as long."""
    since = last_turn() or _first_need()
    return since is not None and moment - since > SILENT


def _first_need() -> datetime | None:
    """Of a message that waits, or of a real patient: only a courier hands alerts on, and raises that nothing came."""
    waits = select(func.min(Notice.due_at).label("at")).where(Notice.state == "waiting")
    patients = select(func.min(Person.created_at)).where(Person.role == "patient")
    real = patients.join(Clinic, Clinic.id == Person.clinic_id).where(Clinic.is_demo.is_(False))
    since: datetime | None = db.session.scalar(select(func.min(union_all(waits, real).subquery().c.at)))
    return since


def last_turn() -> datetime | None:
    """When a courier last went round; None: never."""
    row = db.session.get(CourierTurn, 1)
    return row.at if row else None
