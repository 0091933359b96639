"""What the clinic wrote of one patient beside the patient's own words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, func, not_, or_, select
from sqlalchemy.orm import aliased

from pwa.accounts import Reader, effects_of, events_of, kept_of, reader
from pwa.clinic.queries import AnyRow, of_one, whose
from pwa.clinic.queries.patient import OF_REPORT
from pwa.domain import rights
from pwa.records import AdverseEvent, EffectsReport, Emergency, Note, Person, ReportedEffect, Treatment, db, name_then


def newest_edition() -> ColumnElement[bool]:
    later = aliased(AdverseEvent)
    its = (later.clinic_id == AdverseEvent.clinic_id, later.patient_id == AdverseEvent.patient_id)
    is_there = select(later.id).where(*its, later.id == AdverseEvent.id, later.edition > AdverseEvent.edition).exists()
    return not_(is_there)


def is_author(table: Any) -> ColumnElement[bool]:
    return and_(Person.clinic_id == table.clinic_id, Person.id == table.person_id)


#: by the name of then
JUDGED_BY = name_then(Person, AdverseEvent.at).label("name")
FIRST = kept_of(Note, Reader()).where(of_one(Note), Note.edition == 1)
NEWEST = FIRST.with_only_columns(Note.id).order_by(Note.at.desc(), Note.id.desc())
SOME = NEWEST.limit(bindparam("most")).offset(bindparam("skip"))
WITH_AUTHOR = select(Note, name_then(Person, Note.at)).join(Person, is_author(Note))
EDITIONS = WITH_AUTHOR.where(of_one(Note)).order_by(Note.id, Note.edition)
NOTES = EDITIONS.where(Note.id.in_(SOME))
NOTE = EDITIONS.where(Note.id.in_(FIRST.with_only_columns(Note.id).where(Note.id == bindparam("note"))))
NOTES_LENGTH = FIRST.with_only_columns(func.count())
DAY_OF_IT = select(Treatment.day).where(of_one(Treatment), Treatment.record == bindparam("about"))
#: named, or of the first hours of a treatment that was entered since, as in `matrix.session_of`
AFTER_IT = or_(
    EffectsReport.treatment == bindparam("about"),
    EffectsReport.treatment.is_(None) & (EffectsReport.window == "acute") & EffectsReport.day.in_(DAY_OF_IT),
)
ABOUT = or_(AFTER_IT, EffectsReport.record == bindparam("about"))
SAID = (
    effects_of(Reader())
    .join(EffectsReport, OF_REPORT)
    .with_only_columns(EffectsReport, ReportedEffect)
    .where(of_one(EffectsReport), ABOUT, ReportedEffect.effect == bindparam("effect"), ReportedEffect.severity > 0)
    .order_by(EffectsReport.felt_at, EffectsReport.version_id)
)


@dataclass(frozen=True)
class Noted:
    """A note as it stands, and what it said before."""

    #: the author's name
    by: str
    #: the oldest first
    editions: list[Note]
    #: the author treated the patient in one
    in_an_emergency: bool

    @property
    def first(self) -> Note:
        return self.editions[0]

    @property
    def last(self) -> Note:
        return self.editions[-1]


def notes(user: Person, patient: AnyRow, most: int, skip: int = 0) -> list[Noted]:
    """The newest first, by when each was first written."""
    rows = db.session.execute(NOTES, {**reader(user), **whose(patient), "most": most, "skip": skip}).all()
    return sorted(_noted(rows, patient), key=lambda one: (one.first.at, one.first.id), reverse=True)


def note(user: Person, patient: AnyRow, id_: str) -> Noted | None:
    rows = db.session.execute(NOTE, {**reader(user), **whose(patient), "note": id_}).all()
    return next(iter(_noted(rows, patient)), None)


def notes_length(user: Person, patient: AnyRow) -> int:
    return db.session.scalar(NOTES_LENGTH, {**reader(user), **whose(patient)}) or 0


def events(user: Person, patient: AnyRow, since: date) -> Sequence[AdverseEvent]:
    """As they stand, the newest first: what has gone on until this day."""
    lasted = func.coalesce(AdverseEvent.ended, AdverseEvent.began)
    its = (AdverseEvent.patient_id == patient.id, AdverseEvent.is_mistake.is_(False), newest_edition())
    goes_on = AdverseEvent.outcome.in_(("ongoing", "recovering"))
    wanted = events_of(user).where(*its, or_(lasted >= since, goes_on))
    return db.session.scalars(wanted.order_by(AdverseEvent.began.desc(), AdverseEvent.id)).all()


def editions(user: Person, patient: AnyRow, event: str) -> Sequence[AnyRow]:
    """Of one event, with the author's name; the oldest first."""
    its = events_of(user).where(AdverseEvent.patient_id == patient.id, AdverseEvent.id == event)
    named = its.join(Person, is_author(AdverseEvent)).with_only_columns(AdverseEvent, JUDGED_BY)
    return db.session.execute(named.order_by(AdverseEvent.edition)).all()


def said(user: Person, patient: AnyRow, about: str, effect: str) -> Sequence[AnyRow]:
    """What the patient reported of an effect after a treatment, or in a report between them; the oldest first."""
    return db.session.execute(SAID, {**reader(user), **whose(patient), "about": about, "effect": effect}).all()


def _noted(rows: Iterable[AnyRow], patient: AnyRow) -> list[Noted]:
    opened = db.session.scalars(select(Emergency).where(of_one(Emergency)), whose(patient)).all()
    found = [list(some) for _, some in groupby(rows, key=lambda row: row[0].id)]
    return [Noted(one[0][1], [row[0] for row in one], _is_of_one(one[0][0], opened)) for one in found]


def _is_of_one(note: Note, opened: Iterable[Emergency]) -> bool:
    theirs = (one for one in opened if one.person_id == note.person_id)
    return any(one.at <= note.at < one.until + rights.NOTED_AFTER for one in theirs)
