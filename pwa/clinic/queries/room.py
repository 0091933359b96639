"""What a therapist finds in the reading room: who comes next, and what was shared since the last visit."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import BindParameter, Date, bindparam, func, or_, select

from pwa.accounts import Reader, kept_of, own_notes, patients_of, readable, reader, role_reads
from pwa.clinic.aims import Aim, aims
from pwa.clinic.queries import AS_PERSON, IDENTITY, AnyRow, of_one, whose
from pwa.clinic.queries.patient import PLANS, SHARED
from pwa.clinic.standing import Standing, standing
from pwa.domain.visit import MINUTES, end
from pwa.records import (
    Annotation,
    CareTeam,
    EntryRead,
    Goal,
    GoalSaid,
    Instant,
    JournalEntry,
    Offer,
    Patient,
    Person,
    SafetyPlan,
    Visit,
    db,
)

#: patients on each shelf, and entries on the page
SHELF, ENTRIES = 12, 40
#: notes and goals that are looked at
NOTES = 40
#: and what a patient said of goals
SAID = 200
#: so long after it was written an entry that nobody opened still stands as new beside its writer
NEW_FOR = timedelta(days=60)
#: visits of a patient are looked at so far back
BACK = timedelta(days=400)
LONGEST = timedelta(minutes=MINUTES.max)

_since = bindparam("since", type_=Instant())
_these: BindParameter[Any] = bindparam("these", expanding=True)
_is_theirs = (Visit.clinic_id == Patient.clinic_id) & (Visit.patient_id == Patient.id)
_is_mine = (Visit.therapist == Reader.id, role_reads("appointments", Reader()))
VISITS = patients_of(Reader()).join(Visit, _is_theirs).where(*_is_mine, Visit.at >= _since)
COMING = (
    VISITS.join(Person, AS_PERSON)
    .with_only_columns(
        *IDENTITY, Visit.record, Visit.version_id, Visit.written_at, Visit.status, Visit.at, Visit.minutes
    )
    .order_by(Visit.at, Visit.version_id)
    .limit(4 * SHELF)
)
OF_PATIENT = VISITS.with_only_columns(Visit).where(of_one(Visit))

_is_read = (
    (EntryRead.clinic_id == JournalEntry.clinic_id)
    & (EntryRead.patient_id == JournalEntry.patient_id)
    & (EntryRead.version_id == JournalEntry.version_id)
    & (EntryRead.person_id == Reader.id)
)
_writer = (Patient.clinic_id == JournalEntry.clinic_id) & (Patient.id == JournalEntry.patient_id)
_team = (
    (CareTeam.clinic_id == JournalEntry.clinic_id)
    & (CareTeam.patient_id == JournalEntry.patient_id)
    & (CareTeam.person_id == Reader.id)
)
_code = func.min(Patient.code)
_latest = func.max(JournalEntry.received_at)
_entries = func.count(JournalEntry.record.distinct())
NEW = (
    readable(JournalEntry, Reader())
    .join(CareTeam, _team)
    .join(Patient, _writer)
    .outerjoin(EntryRead, _is_read)
    .where(
        or_(EntryRead.version_id.is_(None), EntryRead.again.is_(True)),
        JournalEntry.day >= bindparam("day", type_=Date()),
    )
    .with_only_columns(CareTeam.patient_id.label("id"), _code.label("code"), _entries.label("entries"))
    .group_by(CareTeam.patient_id)  # so that it begins with the reader's own patients, not with the clinic's
)
NEW_OF = NEW.where(CareTeam.patient_id.in_(_these))
NEW_OF_OTHERS = NEW.where(CareTeam.patient_id.not_in(_these)).order_by(_latest.desc(), _code).limit(SHELF)

_newest = (
    SHARED.where(JournalEntry.received_at > _since)
    .with_only_columns(JournalEntry.record)
    .group_by(JournalEntry.record)
    .order_by(func.max(JournalEntry.felt_at).desc(), JournalEntry.record)
    .limit(ENTRIES)
)
SHARED_SINCE = SHARED.where(JournalEntry.record.in_(_newest))
SHARED_OF = SHARED.where(JournalEntry.record.in_(_these))
STILL_SHARED = SHARED.with_only_columns(JournalEntry.version_id).where(JournalEntry.version_id.in_(_these))
STILL_SHARED_PLANS = PLANS.with_only_columns(SafetyPlan.version_id).where(SafetyPlan.version_id.in_(_these))
OWN_NOTES = own_notes(Reader()).where(of_one(Annotation)).order_by(Annotation.at.desc(), Annotation.id).limit(NOTES)
_its = Offer.record.in_(_these)
_noted = (Patient.clinic_id == Annotation.clinic_id) & (Patient.id == Annotation.patient_id)
NOTED = (
    own_notes(Reader())
    .join(Patient, _noted)
    .with_only_columns(Patient.id, _code.label("code"))
    .group_by(Patient.id)
    .order_by(func.max(Annotation.at).desc(), _code)
    .limit(SHELF)
)
OFFERS = kept_of(Offer, Reader()).where(of_one(Offer), or_(Offer.until >= bindparam("day", type_=Date()), _its))
OFFER = kept_of(Offer, Reader()).where(of_one(Offer), _its)
GOALS = kept_of(Goal, Reader()).where(of_one(Goal)).order_by(Goal.day.desc(), Goal.version_id).limit(NOTES)
_said = kept_of(GoalSaid, Reader()).where(of_one(GoalSaid))
GOALS_SAID = _said.order_by(GoalSaid.felt_at.desc(), GoalSaid.version_id).limit(SAID)
READ = select(EntryRead.version_id).where(
    of_one(EntryRead), EntryRead.person_id == bindparam("reader"), EntryRead.version_id.in_(_these)
)

AGAIN = READ.where(EntryRead.again.is_(True))


def coming(user: Person, moment: datetime) -> list[AnyRow]:
    """Of each patient one's own next visit, the next first: each with who the patient is."""
    found = db.session.execute(COMING, {**reader(user), "since": moment - LONGEST})
    heads = [one.head for one in standing(found, by=lambda visit: visit.at)]
    nearest: dict[str, AnyRow] = {}
    for visit in reversed(heads):
        if visit.status == "planned" and end(visit) > moment:
            nearest.setdefault(visit.id, visit)
    return list(nearest.values())[:SHELF]


def visits(user: Person, patient: AnyRow, moment: datetime) -> list[Standing[Visit]]:
    """Of this patient with the user, also cancelled ones; the latest first."""
    found = db.session.scalars(OF_PATIENT, {**reader(user), **whose(patient), "since": moment - BACK})
    return standing(found, by=lambda visit: visit.at)


def new_of(user: Person, patients: Collection[str], today: date) -> dict[str, int]:
    """How many entries of each of these the user has to read; who has none is left out."""
    asked = {**reader(user), "day": today - NEW_FOR, "these": sorted(patients)}
    return {row.id: row.entries for row in db.session.execute(NEW_OF, asked)}


def new_of_others(user: Person, patients: Collection[str], today: date) -> Sequence[AnyRow]:
    """Those besides these who shared something that the user has to read, the newest first."""
    asked = {**reader(user), "day": today - NEW_FOR, "these": sorted(patients)}
    return db.session.execute(NEW_OF_OTHERS, asked).all()


def shared_since(user: Person, patient: AnyRow, since: datetime) -> list[Standing[JournalEntry]]:
    """What came or was changed since, in the order in which it was felt."""
    found = db.session.scalars(SHARED_SINCE, {**reader(user), **whose(patient), "since": since})
    return standing(found, by=lambda entry: entry.felt_at)[::-1]


def shared_of(user: Person, patient: AnyRow, records: Collection[str]) -> list[Standing[JournalEntry]]:
    """Those of these entries that the user may read, in the order in which they were felt."""
    found = db.session.scalars(SHARED_OF, {**reader(user), **whose(patient), "these": sorted(records)})
    return standing(found, by=lambda entry: entry.felt_at)[::-1]


def still_shared(user: Person, patient: AnyRow, versions: Collection[str]) -> list[str]:
    """Those of these wordings, of entries or of a safety plan, that the user may still read."""
    asked = {**reader(user), **whose(patient), "these": sorted(versions)}
    return [version for which in (STILL_SHARED, STILL_SHARED_PLANS) for version in db.session.scalars(which, asked)]


def not_read(user: Person, patient: AnyRow, versions: Collection[str]) -> set[str]:
    """Those of these wordings that the user never opened."""
    read = db.session.scalars(READ, {**reader(user), **whose(patient), "these": sorted(versions)})
    return set(versions) - set(read)


def to_read_again(user: Person, patient: AnyRow, versions: Collection[str]) -> set[str]:
    """Those of these wordings that the user marked."""
    return set(db.session.scalars(AGAIN, {**reader(user), **whose(patient), "these": sorted(versions)}))


def noted(user: Person) -> Sequence[AnyRow]:
    """Patients of whom the user noted something, the newest note first."""
    return db.session.execute(NOTED, reader(user)).all()


def notes(user: Person, patient: AnyRow) -> Sequence[Annotation]:
    """The user's own, the newest first."""
    return db.session.scalars(OWN_NOTES, {**reader(user), **whose(patient)}).all()


def offers(user: Person, patient: AnyRow, today: date, records: Collection[str] = ()) -> list[Standing[Offer]]:
    """Those that stand today, and these; the newest first."""
    asked = {**reader(user), **whose(patient), "day": today, "these": sorted(records)}
    return standing(db.session.scalars(OFFERS, asked), by=lambda offer: offer.felt_at)


def offer(user: Person, patient: AnyRow, record: str) -> Standing[Offer] | None:
    found = db.session.scalars(OFFER, {**reader(user), **whose(patient), "these": [record]})
    return next(iter(standing(found, by=lambda offer: offer.felt_at)), None)


def begun_from(shown: Sequence[Standing[JournalEntry]]) -> set[str]:
    """Records of the offers from which these entries began."""
    return {head.offer for one in shown for head in (one.head, *one.others) if head.offer}


def goals(user: Person, patient: AnyRow) -> list[Aim]:
    """The newest first, with what the patient said of each since."""
    asked = {**reader(user), **whose(patient)}
    found = standing(db.session.scalars(GOALS, asked), by=lambda goal: goal.felt_at)
    return aims(found, standing(db.session.scalars(GOALS_SAID, asked), by=lambda said: said.felt_at))
