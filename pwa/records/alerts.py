"""Alerts, what raised them, and what was done about them; and the clinic's own settings of both."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKeyConstraint, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from pwa.domain.safety.rule import TIERS, Tier
from pwa.records.base import Base, Instant
from pwa.records.encrypted import EncryptedText

STATES = ("raised", "acknowledged", "resolved")
ACTIONS = ("call", "message", "dose-change", "visit", "none")
ONE_OPEN = ("clinic_id", "patient_id", "problem")
OPEN = text("state != 'resolved'")


class Alert(Base):
    """Something a person at the clinic must look at; of one patient and problem one at a time is open.

    It is no typed row: editing or withdrawing what raised it leaves it standing."""

    __tablename__ = "alert"

    clinic_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    patient_id: Mapped[str] = mapped_column(String(36))
    problem: Mapped[str] = mapped_column(String(40))
    #: the gravest that fired
    rule: Mapped[str] = mapped_column(String(40))
    tier: Mapped[Tier] = mapped_column(String(8))
    state: Mapped[str] = mapped_column(String(12))
    raised_at: Mapped[datetime] = mapped_column(Instant)
    #: entries that raised it or said the same while it was open
    count: Mapped[int]
    last_at: Mapped[datetime] = mapped_column(Instant)
    #: of the entry that raised it; null: raised by time
    version_id: Mapped[str | None] = mapped_column(String(40))
    assigned_to: Mapped[str | None] = mapped_column(String(36))
    acknowledged_at: Mapped[datetime | None] = mapped_column(Instant)
    acknowledged_by: Mapped[str | None] = mapped_column(String(36))
    snoozed_until: Mapped[datetime | None] = mapped_column(Instant)
    #: how often it went on from one person to the next
    escalated: Mapped[int]
    #: when it goes on; null: an action is recorded
    escalate_at: Mapped[datetime | None] = mapped_column(Instant)
    resolved_at: Mapped[datetime | None] = mapped_column(Instant)
    resolved_by: Mapped[str | None] = mapped_column(String(36))

    __table_args__ = (
        ForeignKeyConstraint(["clinic_id", "patient_id"], ["patient.clinic_id", "patient.id"]),
        *(
            ForeignKeyConstraint(["clinic_id", who], ["person.clinic_id", "person.id"])
            for who in ("assigned_to", "acknowledged_by", "resolved_by")
        ),
        CheckConstraint(f"state IN {STATES}", name="state"),
        CheckConstraint(f"tier IN {tuple(TIERS)}", name="tier"),
        Index(
            "uq_alert_open", "clinic_id", "patient_id", "problem", unique=True, sqlite_where=OPEN, postgresql_where=OPEN
        ),
        Index("ix_alert_escalate_at", "escalate_at"),
        Index(None, "clinic_id", "patient_id", "raised_at"),
    )


class AlertCause(Base):
    """One version for which one rule fired: so that a second look at it raises and counts nothing again."""

    __tablename__ = "alert_cause"

    clinic_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    patient_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    rule: Mapped[str] = mapped_column(String(40), primary_key=True)
    #: of the entry, or of the treatment after which nothing came; of what has no record its version
    record: Mapped[str] = mapped_column(String(40), primary_key=True)
    #: an update speaks for itself; of what was not written it is empty
    version_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    #: null: it was no news, and no alert was open
    alert_id: Mapped[str | None] = mapped_column(String(36))
    #: when it was felt
    at: Mapped[datetime] = mapped_column(Instant)
    #: when it arrived
    came_at: Mapped[datetime] = mapped_column(Instant)

    __table_args__ = (
        ForeignKeyConstraint(["clinic_id", "patient_id"], ["patient.clinic_id", "patient.id"]),
        ForeignKeyConstraint(["clinic_id", "alert_id"], ["alert.clinic_id", "alert.id"]),
        Index(None, "clinic_id", "alert_id"),
    )


class AlertEvent(Base):
    """One thing that happened to an alert. Rows are only ever added."""

    __tablename__ = "alert_event"

    clinic_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    alert_id: Mapped[str] = mapped_column(String(36))
    #: raised, graver, again, asked, acknowledged, taken-back, assigned, snoozed, acted, told, escalated,
    #: resolved
    what: Mapped[str] = mapped_column(String(16))
    at: Mapped[datetime] = mapped_column(Instant)
    #: null: the house
    person_id: Mapped[str | None] = mapped_column(String(36))
    note: Mapped[str | None] = mapped_column(EncryptedText("alert_event.note"))
    #: rule and tier; which action; until when; to whom
    details: Mapped[dict[str, Any]] = mapped_column(JSON)

    __table_args__ = (
        ForeignKeyConstraint(["clinic_id", "alert_id"], ["alert.clinic_id", "alert.id"]),
        ForeignKeyConstraint(["clinic_id", "person_id"], ["person.clinic_id", "person.id"]),
        Index(None, "clinic_id", "alert_id", "at"),
    )


class Responder(Base):
    """The clinic's rota: who is told first, who next."""

    __tablename__ = "responder"

    clinic_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    #: from 1
    place: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[str] = mapped_column(String(36))

    __table_args__ = (ForeignKeyConstraint(["clinic_id", "person_id"], ["person.clinic_id", "person.id"]),)


class SafetySettings(Base):
    """What a clinic has set; without a row, the defaults of `domain.safety`."""

    __tablename__ = "safety_settings"

    clinic_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    #: hours of cover: ISO weekdays, and the wall clock at the clinic
    days: Mapped[list[int]] = mapped_column(JSON)
    opens: Mapped[time]
    closes: Mapped[time]
    #: ISO dates on which nobody is there
    closed: Mapped[list[str]] = mapped_column(JSON, default=list)
    #: tier → minutes until it escalates, and until it does after acknowledging
    minutes: Mapped[dict[str, list[int]]] = mapped_column(JSON)
    #: id of a level → the clinic's own figure
    levels: Mapped[dict[str, float]] = mapped_column(JSON)
    #: ids of rules that are switched off
    off: Mapped[list[str]] = mapped_column(JSON)
    #: patients are told when the clinic has seen what they wrote
    tells_seen: Mapped[bool]
    #: name of the medical lead; null: not signed
    signed_by: Mapped[str | None] = mapped_column(EncryptedText("safety_settings.signed_by"))
    signed_at: Mapped[datetime | None] = mapped_column(Instant)
    #: ids of the rules and levels without a source that the lead has signed one by one
    signed: Mapped[list[str]] = mapped_column(JSON)
    #: when a rule or a figure last changed; null: the rules have run again since
    changed_at: Mapped[datetime | None] = mapped_column(Instant)
    #: the patient up to whom they have
    judged_to: Mapped[str | None] = mapped_column(String(36))

    __table_args__ = (ForeignKeyConstraint(["clinic_id"], ["clinic.id"]),)
