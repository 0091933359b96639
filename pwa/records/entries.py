"""Typed rows: the current heads of every record, for the clinic's queries. They can be rebuilt from the versions."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKeyConstraint, Index, String
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from pwa.records.base import Base, Instant
from pwa.records.encrypted import EncryptedText


class Head:
    """What every typed row says of the version that it stands for."""

    clinic_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    patient_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    version_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    record: Mapped[str] = mapped_column(String(36))
    #: the civil day it is about, chosen by the patient
    day: Mapped[date]
    felt_at: Mapped[datetime] = mapped_column(Instant)
    written_at: Mapped[datetime] = mapped_column(Instant)
    received_at: Mapped[datetime] = mapped_column(Instant)
    #: IANA name of the zone it was written in
    zone: Mapped[str] = mapped_column(String(64))

    @declared_attr.directive
    def __table_args__(cls) -> tuple[Any, ...]:
        return (
            ForeignKeyConstraint(
                ["clinic_id", "patient_id", "version_id"], ["version.clinic_id", "version.patient_id", "version.id"]
            ),
            Index(None, "clinic_id", "patient_id", "day"),
            *getattr(cls, "__checks__", ()),
        )


def _scale(name: str) -> CheckConstraint:
    return CheckConstraint(f"{name} BETWEEN 0 AND 10", name=name)


class CheckIn(Head, Base):
    __tablename__ = "check_in"
    __checks__ = (
        _scale("mood"),
        _scale("anxiety"),
        _scale("energy"),
        CheckConstraint("sleep BETWEEN 0 AND 24", name="sleep"),
        CheckConstraint("thoughts IN ('no', 'now-and-then', 'often', 'rather-not-say')", name="thoughts"),
    )

    mood: Mapped[int | None]
    anxiety: Mapped[int | None]
    energy: Mapped[int | None]
    #: hours, in halves
    sleep: Mapped[float | None]
    thoughts: Mapped[str | None] = mapped_column(String(16))
    note: Mapped[str | None] = mapped_column(EncryptedText("check_in.note"))


class EffectsReport(Head, Base):
    __tablename__ = "effects_report"
    __checks__ = (
        CheckConstraint("systolic BETWEEN 50 AND 300", name="systolic"),
        CheckConstraint("diastolic BETWEEN 20 AND 200", name="diastolic"),
        CheckConstraint("pulse BETWEEN 20 AND 250", name="pulse"),
    )

    #: record of the treatment that it is about; null: between treatments
    treatment: Mapped[str | None] = mapped_column(String(36))
    #: acute, next-day, three-days, week, later, long-term
    window: Mapped[str | None] = mapped_column(String(12))
    other: Mapped[str | None] = mapped_column(EncryptedText("effects_report.other"))
    other_severity: Mapped[int | None]
    #: mmHg
    systolic: Mapped[int | None]
    diastolic: Mapped[int | None]
    #: beats a minute
    pulse: Mapped[int | None]
    #: ids of the checks of which it is the answer
    checks: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))
    #: the patient says that it can wait until the next visit
    can_wait: Mapped[bool | None]
    note: Mapped[str | None] = mapped_column(EncryptedText("effects_report.note"))


class ReportedEffect(Base):
    """One effect of one effects report; a row with severity 0 says that it was asked and absent."""

    __tablename__ = "reported_effect"

    clinic_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    patient_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    version_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    #: id of the catalogue, or of an effect that the clinic added
    effect: Mapped[str] = mapped_column(String(32), primary_key=True)
    #: of an effect that the clinic added, as the patient read it; a phone may send any words here
    words: Mapped[str | None] = mapped_column(EncryptedText("reported_effect.words"))
    #: 0 none, 1 mild, 2 moderate, 3 severe
    severity: Mapped[int]
    ongoing: Mapped[bool | None]
    #: under-1h, 1-4h, 4-12h, longer
    lasted: Mapped[str | None] = mapped_column(String(12))

    __table_args__ = (
        ForeignKeyConstraint(
            ["clinic_id", "patient_id", "version_id"],
            ["effects_report.clinic_id", "effects_report.patient_id", "effects_report.version_id"],
        ),
        CheckConstraint("severity BETWEEN 0 AND 3", name="severity"),
    )


class JournalEntry(Head, Base):
    __tablename__ = "journal_entry"
    __checks__ = (CheckConstraint("audience IN ('me', 'therapist', 'care-team')", name="audience"),)

    text: Mapped[str] = mapped_column(EncryptedText("journal_entry.text"))
    prompt: Mapped[str | None] = mapped_column(String(32))
    #: who may read it now: of several heads the narrowest holds for all
    audience: Mapped[str] = mapped_column(String(12))
    treatment: Mapped[str | None] = mapped_column(String(36))
    #: record of what the therapist offered to write from
    offer: Mapped[str | None] = mapped_column(String(36))


class Treatment(Head, Base):
    __tablename__ = "treatment"
    __checks__ = (
        CheckConstraint("status IN ('planned', 'given', 'cancelled')", name="status"),
        CheckConstraint("dose > 0", name="dose"),
    )

    status: Mapped[str] = mapped_column(String(12))
    at: Mapped[datetime] = mapped_column(Instant)
    #: how long it works on the person; at + minutes is its end
    minutes: Mapped[int]
    route: Mapped[str] = mapped_column(String(16))
    drug: Mapped[str] = mapped_column(String(16))
    dose: Mapped[float]
    #: mg or mg/kg
    unit: Mapped[str] = mapped_column(String(8))
    #: clinic or home
    place: Mapped[str] = mapped_column(String(12))
    #: kg
    weight: Mapped[float | None]
    #: in the clear, since rooms group by it
    lot: Mapped[str | None] = mapped_column(String(120))
    given_by: Mapped[str | None] = mapped_column(EncryptedText("treatment.given_by"))
    ended: Mapped[datetime | None] = mapped_column(Instant)
    #: by the names of `forms.treatment.ObservedForm`
    observed: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    #: the nth treatment of its course, and of how many
    number: Mapped[int | None]
    of: Mapped[int | None]


class HomeDose(Head, Base):
    """What the patient took at home, as they say."""

    __tablename__ = "home_dose"
    __checks__ = (CheckConstraint("mg > 0", name="mg"),)

    at: Mapped[datetime] = mapped_column(Instant)
    route: Mapped[str] = mapped_column(String(16))
    mg: Mapped[float]
    #: somebody was with them; null: not said
    someone: Mapped[bool | None]
    #: when they said that they are well; null: they have not
    ok_at: Mapped[datetime | None] = mapped_column(Instant)
    #: record of the planned treatment that it is
    treatment: Mapped[str | None] = mapped_column(String(36))
    note: Mapped[str | None] = mapped_column(EncryptedText("home_dose.note"))


class Course(Head, Base):
    __tablename__ = "course"
    __checks__ = (CheckConstraint("phase IN ('induction', 'maintenance')", name="phase"),)

    phase: Mapped[str] = mapped_column(String(12))
    route: Mapped[str] = mapped_column(String(16))
    #: treatments planned; null in maintenance
    planned: Mapped[int | None]
    started: Mapped[date]
    #: in maintenance, days between two; null: not known
    every: Mapped[int | None]


class ReminderChoice(Head, Base):
    """What a patient wants of reminders."""

    __tablename__ = "reminder_choice"
    __checks__ = (CheckConstraint("way IN ('push', 'mail', 'off')", name="way"),)

    way: Mapped[str] = mapped_column(String(4))
    #: after treatments
    sessions: Mapped[bool]
    #: when a check falls due
    checks: Mapped[bool]
    #: the hour of a daily one, such as 19:00; null: none
    daily: Mapped[str | None] = mapped_column(String(5))


class SafetyPlan(Head, Base):
    """What the patient does in a hard hour, in their own words; only where they share it."""

    __tablename__ = "safety_plan"
    __checks__ = (CheckConstraint("audience IN ('therapist', 'care-team')", name="audience"),)

    signs: Mapped[str | None] = mapped_column(EncryptedText("safety_plan.signs"))
    helps: Mapped[str | None] = mapped_column(EncryptedText("safety_plan.helps"))
    people: Mapped[str | None] = mapped_column(EncryptedText("safety_plan.people"))
    places: Mapped[str | None] = mapped_column(EncryptedText("safety_plan.places"))
    safer: Mapped[str | None] = mapped_column(EncryptedText("safety_plan.safer"))
    audience: Mapped[str] = mapped_column(String(12))


class CallRequest(Head, Base):
    """The patient asked to be called."""

    __tablename__ = "call_request"

    asked: Mapped[bool]
    note: Mapped[str | None] = mapped_column(EncryptedText("call_request.note"))
