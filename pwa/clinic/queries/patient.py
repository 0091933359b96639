"""One patient of one's own: what was said, what was given, and what was shared with the reader."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from sqlalchemy import Select, func, select

from pwa.accounts import patients_of, readable_journal
from pwa.clinic.queries import AS_PERSON, IDENTITY, AnyRow
from pwa.clinic.standing import Standing, standing
from pwa.records import (
    CareTeam,
    CheckIn,
    Course,
    EffectsReport,
    JournalEntry,
    Patient,
    Person,
    ReportedEffect,
    Treatment,
    db,
)


def identity(user: Person, patient: str) -> AnyRow | None:
    """None for a patient whom the user does not treat, and for one who does not exist."""
    found = patients_of(user).join(Person, AS_PERSON).with_only_columns(*IDENTITY).where(Patient.id == patient)
    return db.session.execute(found).first()


def care_team(patient: AnyRow) -> Sequence[AnyRow]:
    """Names, clinicians first."""
    member = (Person.clinic_id == CareTeam.clinic_id) & (Person.id == CareTeam.person_id)
    members = select(Person.name, CareTeam.role).join(CareTeam, member)
    of_patient = (CareTeam.clinic_id == patient.clinic_id, CareTeam.patient_id == patient.id)
    return db.session.execute(members.where(*of_patient).order_by(CareTeam.role, Person.name)).all()


def course(patient: AnyRow) -> Course | None:
    """The newest."""
    theirs = select(Course).where(Course.clinic_id == patient.clinic_id, Course.patient_id == patient.id)
    return db.session.scalars(theirs.order_by(Course.written_at.desc(), Course.version_id.desc()).limit(1)).first()


def treatments(patient: AnyRow) -> list[Standing[Treatment]]:
    """All of them, the latest first."""
    theirs = select(Treatment).where(Treatment.clinic_id == patient.clinic_id, Treatment.patient_id == patient.id)
    return standing(db.session.scalars(theirs), by=lambda treatment: treatment.at)


def first_check_in(patient: AnyRow) -> date | None:
    day = select(func.min(CheckIn.day))
    return db.session.scalar(day.where(CheckIn.clinic_id == patient.clinic_id, CheckIn.patient_id == patient.id))


def check_ins(patient: AnyRow, since: date) -> list[Standing[CheckIn]]:
    """By what moment they are about, the newest first."""
    theirs = select(CheckIn).where(CheckIn.clinic_id == patient.clinic_id, CheckIn.patient_id == patient.id)
    return standing(db.session.scalars(theirs.where(CheckIn.day >= since)), by=lambda entry: entry.felt_at)


def effects_reports(patient: AnyRow, since: date) -> list[Standing[EffectsReport]]:
    """The newest first."""
    theirs = select(EffectsReport).where(
        EffectsReport.clinic_id == patient.clinic_id, EffectsReport.patient_id == patient.id
    )
    return standing(db.session.scalars(theirs.where(EffectsReport.day >= since)), by=lambda report: report.felt_at)


def effects_said(patient: AnyRow, since: date) -> dict[str, list[ReportedEffect]]:
    """By the version that says them."""
    report = (
        (EffectsReport.clinic_id == ReportedEffect.clinic_id)
        & (EffectsReport.patient_id == ReportedEffect.patient_id)
        & (EffectsReport.version_id == ReportedEffect.version_id)
    )
    of_patient = (EffectsReport.clinic_id == patient.clinic_id, EffectsReport.patient_id == patient.id)
    said = select(ReportedEffect).join(EffectsReport, report).where(*of_patient, EffectsReport.day >= since)
    found: dict[str, list[ReportedEffect]] = defaultdict(list)
    for effect in db.session.scalars(said):
        found[effect.version_id].append(effect)
    return found


def journal(user: Person, patient: AnyRow, most: int, skip: int = 0) -> list[Standing[JournalEntry]]:
    """What the patient shares with the user, the newest first."""
    records = _shared(user, patient).with_only_columns(JournalEntry.record).group_by(JournalEntry.record)
    newest = records.order_by(func.max(JournalEntry.felt_at).desc(), JournalEntry.record).limit(most).offset(skip)
    found = _shared(user, patient).where(JournalEntry.record.in_(newest))
    return standing(db.session.scalars(found), by=lambda entry: entry.felt_at)


def journal_length(user: Person, patient: AnyRow) -> int:
    records = func.count(JournalEntry.record.distinct())
    return db.session.scalar(_shared(user, patient).with_only_columns(records)) or 0


def journal_entry(user: Person, patient: AnyRow, record: str) -> Standing[JournalEntry] | None:
    found = _shared(user, patient).where(JournalEntry.record == record)
    return next(iter(standing(db.session.scalars(found), by=lambda entry: entry.felt_at)), None)


def _shared(user: Person, patient: AnyRow) -> Select[JournalEntry]:
    of_patient = (JournalEntry.clinic_id == patient.clinic_id, JournalEntry.patient_id == patient.id)
    return readable_journal(user).where(*of_patient)
