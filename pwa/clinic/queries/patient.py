"""One patient of one's own: what was said, what was given, and what was shared with the reader."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from sqlalchemy import Date, bindparam, func, select

from pwa.accounts import Reader, effects_of, emergencies_of, is_open, kept_of, patients_of, readable, reader
from pwa.clinic.queries import AS_PERSON, IDENTITY, AnyRow, of_one, whose
from pwa.clinic.standing import Standing, standing
from pwa.records import (
    CareTeam,
    CheckIn,
    Course,
    EffectsReport,
    Emergency,
    HomeDose,
    JournalEntry,
    Patient,
    Person,
    ReportedEffect,
    SafetyPlan,
    Treatment,
    db,
)

SINCE = bindparam("since", type_=Date())
AS_MEMBER = (Person.clinic_id == CareTeam.clinic_id) & (Person.id == CareTeam.person_id)
OF_REPORT = (
    (EffectsReport.clinic_id == ReportedEffect.clinic_id)
    & (EffectsReport.patient_id == ReportedEffect.patient_id)
    & (EffectsReport.version_id == ReportedEffect.version_id)
)
_mine = patients_of(Reader()).with_only_columns(Patient.id)
OPEN = (
    select(Patient)
    .where(is_open("names", Patient, Reader()))
    .join(Person, AS_PERSON)
    .with_only_columns(*IDENTITY, Patient.id.in_(_mine).label("is_mine"))
)
IDENTIFIED = OPEN.where(Patient.id == bindparam("patient"))
TEAM = kept_of(CareTeam, Reader()).where(of_one(CareTeam)).join(Person, AS_MEMBER)
NAMED = TEAM.with_only_columns(Person.name, CareTeam.role)
COURSES = kept_of(Course, Reader()).where(of_one(Course))
NEWEST_COURSE = COURSES.order_by(Course.written_at.desc(), Course.version_id.desc()).limit(1)
TREATMENTS = kept_of(Treatment, Reader()).where(of_one(Treatment))
DOSES = kept_of(HomeDose, Reader()).where(of_one(HomeDose))
ANSWERED = kept_of(CheckIn, Reader()).where(of_one(CheckIn))
FIRST_DAY = ANSWERED.with_only_columns(func.min(CheckIn.day))
CHECK_INS = ANSWERED.where(CheckIn.day >= SINCE)
CHECK_INS_UNTIL = CHECK_INS.where(CheckIn.day <= bindparam("until", type_=Date()))
REPORTS = kept_of(EffectsReport, Reader()).where(of_one(EffectsReport), EffectsReport.day >= SINCE)
EFFECTS = effects_of(Reader()).join(EffectsReport, OF_REPORT).where(of_one(EffectsReport), EffectsReport.day >= SINCE)
PLANS = readable(SafetyPlan, Reader()).where(of_one(SafetyPlan))
SHARED = readable(JournalEntry, Reader()).where(of_one(JournalEntry))
RECORDS = SHARED.with_only_columns(JournalEntry.record).group_by(JournalEntry.record)
NEWEST_RECORDS = RECORDS.order_by(func.max(JournalEntry.felt_at).desc(), JournalEntry.record)
JOURNAL = SHARED.where(JournalEntry.record.in_(NEWEST_RECORDS.limit(bindparam("most")).offset(bindparam("skip"))))
_newest_for_paper = NEWEST_RECORDS.where(JournalEntry.audience == "care-team").limit(1)
FOR_PAPER = SHARED.where(JournalEntry.record.in_(_newest_for_paper))
JOURNAL_LENGTH = SHARED.with_only_columns(func.count(JournalEntry.record.distinct()))
PAPER_LENGTH = JOURNAL_LENGTH.where(JournalEntry.audience == "care-team")
JOURNAL_ENTRY = SHARED.where(JournalEntry.record == bindparam("record"))


def identity(user: Person, patient: str) -> AnyRow | None:
    """None for a patient whom the user does not treat, and for one who does not exist. `is_mine`: not in an emergency
    alone."""
    return db.session.execute(IDENTIFIED, {**reader(user), "patient": patient}).first()


def emergency(user: Person, patient: AnyRow) -> Emergency | None:
    """By which the record is open to the user, beside whatever else opens it."""
    return db.session.scalar(emergencies_of(user).where(Emergency.patient_id == patient.id).limit(1))


def care_team(user: Person, patient: AnyRow) -> Sequence[AnyRow]:
    """Names, clinicians first."""
    found = db.session.execute(NAMED, {**reader(user), **whose(patient)})
    return sorted(found, key=lambda member: (member.role, member.name))


def course(user: Person, patient: AnyRow) -> Course | None:
    """The newest."""
    return db.session.scalars(NEWEST_COURSE, {**reader(user), **whose(patient)}).first()


def treatments(user: Person, patient: AnyRow) -> list[Standing[Treatment]]:
    """All of them, the latest first."""
    found = db.session.scalars(TREATMENTS, {**reader(user), **whose(patient)})
    return standing(found, by=lambda treatment: treatment.at)


def home_doses(user: Person, patient: AnyRow) -> list[Standing[HomeDose]]:
    """By when they were taken, the latest first."""
    return standing(db.session.scalars(DOSES, {**reader(user), **whose(patient)}), by=lambda dose: dose.at)


def safety_plan(user: Person, patient: AnyRow) -> Standing[SafetyPlan] | None:
    """The newest that the patient shares with the user."""
    found = db.session.scalars(PLANS, {**reader(user), **whose(patient)})
    return next(iter(standing(found, by=lambda plan: plan.felt_at)), None)


def first_check_in(user: Person, patient: AnyRow) -> date | None:
    return db.session.scalar(FIRST_DAY, {**reader(user), **whose(patient)})


def check_ins(user: Person, patient: AnyRow, since: date, until: date | None = None) -> list[Standing[CheckIn]]:
    """By what moment they are about, the newest first."""
    days = {"since": since, **({"until": until} if until else {})}
    asked = {**reader(user), **whose(patient), **days}
    found = db.session.scalars(CHECK_INS_UNTIL if until else CHECK_INS, asked)
    return standing(found, by=lambda entry: entry.felt_at)


def effects_reports(user: Person, patient: AnyRow, since: date) -> list[Standing[EffectsReport]]:
    """The newest first."""
    found = db.session.scalars(REPORTS, {**reader(user), **whose(patient), "since": since})
    return standing(found, by=lambda report: report.felt_at)


def effects_said(user: Person, patient: AnyRow, since: date) -> dict[str, list[ReportedEffect]]:
    """By the version that says them, as far as the user may see them."""
    found: dict[str, list[ReportedEffect]] = defaultdict(list)
    for effect in db.session.scalars(EFFECTS, {**reader(user), **whose(patient), "since": since}):
        found[effect.version_id].append(effect)
    return found


def journal(user: Person, patient: AnyRow, most: int, skip: int = 0) -> list[Standing[JournalEntry]]:
    """What the patient shares with the user, the newest first."""
    found = db.session.scalars(JOURNAL, {**reader(user), **whose(patient), "most": most, "skip": skip})
    return standing(found, by=lambda entry: entry.felt_at)


def newest_for_paper(user: Person, patient: AnyRow) -> Standing[JournalEntry] | None:
    """Paper lies about: only what is shared with the whole care team is on it."""
    found = db.session.scalars(FOR_PAPER, {**reader(user), **whose(patient)})
    return next(iter(standing(found, by=lambda entry: entry.felt_at)), None)


def length_for_paper(user: Person, patient: AnyRow) -> int:
    return db.session.scalar(PAPER_LENGTH, {**reader(user), **whose(patient)}) or 0


def journal_length(user: Person, patient: AnyRow) -> int:
    return db.session.scalar(JOURNAL_LENGTH, {**reader(user), **whose(patient)}) or 0


def journal_entry(user: Person, patient: AnyRow, record: str) -> Standing[JournalEntry] | None:
    found = db.session.scalars(JOURNAL_ENTRY, {**reader(user), **whose(patient), "record": record})
    return next(iter(standing(found, by=lambda entry: entry.felt_at)), None)
