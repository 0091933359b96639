"""Summaries: rows for each treatment, each window after it and each person's first course, so that a page costs what it
shows. They are written in the transaction that stores an entry and can be made anew from the versions."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, String
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from pwa.domain.outcomes import ANSWERS
from pwa.records.base import Base

#: stands in the place of a window for the treatment itself
GIVEN = "given"


class OfTreatment:
    """What both say of the treatment, so that neither has to be joined with it."""

    clinic_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    patient_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    #: the treatment's record
    treatment: Mapped[str] = mapped_column(String(36), primary_key=True)
    window: Mapped[str] = mapped_column(String(12), primary_key=True)
    #: of the treatment's day, see `domain.days.week_of`
    week: Mapped[int]
    route: Mapped[str] = mapped_column(String(16))
    #: bands, see `domain.signals.bands`
    number: Mapped[str] = mapped_column(String(8))
    dose: Mapped[str] = mapped_column(String(16))
    place: Mapped[str] = mapped_column(String(12))
    #: "": not known
    lot: Mapped[str] = mapped_column(String(120))

    @declared_attr.directive
    def __table_args__(cls) -> tuple[Any, ...]:
        return (
            ForeignKeyConstraint(["clinic_id", "patient_id"], ["patient.clinic_id", "patient.id"]),
            *getattr(cls, "__more__", ()),
        )


OF_ALL = ("route", "week", "number", "dose", "place", "lot")


class AfterTreatment(OfTreatment, Base):
    """The treatment was given; or, by its window, a report about it came."""

    __tablename__ = "after_treatment"
    __more__ = (Index("ix_after_treatment_counted", "clinic_id", "window", *OF_ALL),)


class FeltAfter(OfTreatment, Base):
    """The strongest level of an effect that was felt in a window after a treatment."""

    __tablename__ = "felt_after"
    __more__ = (
        Index("ix_felt_after_counted", "clinic_id", "window", "effect", *OF_ALL, "severity"),
        CheckConstraint("severity BETWEEN 1 AND 3", name="severity"),
    )

    effect: Mapped[str] = mapped_column(String(32), primary_key=True, sort_order=1)
    severity: Mapped[int] = mapped_column(sort_order=1)


class FeltInAll(Base):
    """Of a treatment that was given: what was felt until the next day, all reports together; see `domain.outcomes`."""

    __tablename__ = "felt_in_all"

    clinic_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    patient_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    treatment: Mapped[str] = mapped_column(String(36), primary_key=True)
    week: Mapped[int]
    route: Mapped[str] = mapped_column(String(16))
    #: a report of these windows came
    told: Mapped[bool]
    #: effects: felt; never more than mild; with a known length; gone within hours
    felt: Mapped[int]
    mild: Mapped[int]
    timed: Mapped[int]
    brief: Mapped[int]

    __table_args__ = (
        ForeignKeyConstraint(["clinic_id", "patient_id"], ["patient.clinic_id", "patient.id"]),
        Index(
            *("ix_felt_in_all_counted", "clinic_id", "patient_id", "week", "route"),
            *("told", "felt", "mild", "timed", "brief"),
        ),
    )


def _answer(name: str) -> CheckConstraint:
    return CheckConstraint(f"{name} IN {ANSWERS}", name=name)


class FirstCourse(Base):
    """Of a patient whose first treatment is known: how they were before and after it; see `domain.outcomes`."""

    __tablename__ = "first_course"

    clinic_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    patient_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    started: Mapped[date]
    route: Mapped[str] = mapped_column(String(16))
    #: day of the sixth treatment, and days from the first to it; null: there is none
    sixth: Mapped[date | None]
    days: Mapped[int | None]
    relief: Mapped[str] = mapped_column(String(12))
    thoughts: Mapped[str] = mapped_column(String(12))
    lasting: Mapped[str | None] = mapped_column(String(12))

    __table_args__ = (
        ForeignKeyConstraint(["clinic_id", "patient_id"], ["patient.clinic_id", "patient.id"]),
        Index(
            *("ix_first_course_counted", "clinic_id", "started", "route"),
            *("relief", "thoughts", "lasting", "sixth", "days"),
        ),
        *map(_answer, ("relief", "thoughts", "lasting")),
    )
