"""`domain.rights` as lookups, so that forgetting a check finds nothing rather than everything."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any, TypeVar

from sqlalchemy import BindParameter, ColumnElement, Select, String, and_, bindparam, literal, or_, select

from pwa.config import now
from pwa.domain import rights
from pwa.records import (
    AdverseEvent,
    Alert,
    Annotation,
    CareTeam,
    CheckIn,
    Course,
    EffectsReport,
    Emergency,
    Goal,
    GoalSaid,
    Hidden,
    HomeDose,
    Instant,
    JournalEntry,
    Note,
    Offer,
    Patient,
    Person,
    ReportedEffect,
    Responder,
    SafetyPlan,
    Treatment,
    db,
)

Kept = TypeVar("Kept", CareTeam, CheckIn, Course, EffectsReport, Goal, GoalSaid, HomeDose, Note, Offer, Treatment)
Shared = TypeVar("Shared", JournalEntry, SafetyPlan)
#: what each is of `domain.rights`
PARTS: Mapping[type[Any], str] = {
    CareTeam: "team",
    CheckIn: "check-ins",
    EffectsReport: "effects",
    JournalEntry: "journal",
    Note: "notes",
    SafetyPlan: "safety-plan",
    **dict.fromkeys((Course, HomeDose, Treatment), "sessions"),
    **dict.fromkeys((Goal, GoalSaid, Offer), "goals"),
}


class Reader:
    """Stands for the user in a statement that is composed once: asked without `reader(user)` it fails."""

    clinic_id = bindparam("reader_clinic", type_=String())
    id = bindparam("reader", type_=String())
    role = bindparam("reader_role", type_=String())
    moment = bindparam("reader_moment", type_=Instant())
    #: what the user's role reads of patients of their own
    parts: BindParameter[Any] = bindparam("reader_parts", expanding=True)


def reader(user: Person) -> dict[str, Any]:
    who = {"reader_clinic": user.clinic_id, "reader": user.id, "reader_role": user.role}
    return {**who, "reader_moment": now(), "reader_parts": rights.read_of_own(user.role)}


def patients_of(user: Person | Reader) -> Select[Patient]:
    """The patients on whose care team the user is, as what they are now; nobody's for anyone else, and for a role
    that reads no names."""
    return (
        select(Patient)
        .join(CareTeam, (CareTeam.clinic_id == Patient.clinic_id) & (CareTeam.patient_id == Patient.id))
        .where(*on_the_team(user), role_reads("names", user))
    )


def role_reads(part: str, user: Person | Reader) -> ColumnElement[bool]:
    """Whether the table says so, of patients of the user's own."""
    if isinstance(user, Reader):
        return literal(part).in_(Reader.parts)
    return literal(part in rights.read_of_own(user.role))


def is_open(part: str, of: Any, user: Person | Reader) -> ColumnElement[bool]:
    """Whether the user reads this part of the patient whom a row of `of` is about; of what is shared, if it is."""
    theirs = select(CareTeam.patient_id).where(*on_the_team(user), CareTeam.patient_id.not_in(_hiding(part, user)))
    opened = emergencies_of(user).with_only_columns(Emergency.patient_id)
    patient = of.id if of is Patient else of.patient_id
    return and_(of.clinic_id == user.clinic_id, role_reads(part, user), patient.in_(theirs.union_all(opened)))


def emergencies_of(user: Person | Reader, after: timedelta = timedelta()) -> Select[Emergency]:
    """The user's that last, or ended no longer ago than `after`.

    What a clinician of the care team reads is open to them, whatever is hidden."""
    is_clinician = _role_of(user) == rights.EMERGENCY
    moment = user.moment if isinstance(user, Reader) else now() - after
    theirs = (Emergency.clinic_id == user.clinic_id, Emergency.person_id == user.id, is_clinician)
    return select(Emergency).where(*theirs, Emergency.until > moment)


def patients_to_note(user: Person) -> Select[Patient]:
    """On whom the user may write a note: their own, and whoever they treated in an emergency, until a day after it."""
    treated = emergencies_of(user, rights.NOTED_AFTER).with_only_columns(Emergency.patient_id)
    mine = patients_of(user).with_only_columns(Patient.id)
    return select(Patient).where(Patient.clinic_id == user.clinic_id, Patient.id.in_(mine.union_all(treated)))


def hidden_from(user: Person, patients: Iterable[str]) -> Mapping[str, set[str]]:
    """By patient, the parts that they hide from the user's role, so that no page says that there is nothing."""
    named = (Hidden.role == user.role, Hidden.patient_id.in_(patients))
    opened = emergencies_of(user).with_only_columns(Emergency.patient_id)
    closed = _standing(user).where(*named, Hidden.patient_id.not_in(opened))
    rows = db.session.execute(closed.with_only_columns(Hidden.patient_id, Hidden.part))
    hidden: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        hidden[row.patient_id] |= rights.closed_by(row.part, user.role)
    return hidden


def kept_of(what: type[Kept], user: Person | Reader) -> Select[Kept]:
    """What is kept of patients of the user's, as far as the user may read it."""
    return select(what).where(is_open(PARTS[what], what, user))


def effects_of(user: Reader) -> Select[ReportedEffect]:
    """The same of the effects that their reports name."""
    withheld = rights.part("effects").withheld.items()
    is_shown = (or_(user.role != role, ReportedEffect.effect.not_in(those)) for role, those in withheld)
    return select(ReportedEffect).where(is_open("effects", ReportedEffect, user), *is_shown)


def readable(what: type[Shared], user: Person | Reader) -> Select[Shared]:
    """What of it a patient shares with the user, as what they are now; what is not shared is not even counted."""
    role = _role_of(user)
    shared = ((role == one) & what.audience.in_(those) for one, those in rights.INCLUDED_IN.items())
    return select(what).where(is_open(PARTS[what], what, user), or_(*shared))


def own_notes(user: Person | Reader) -> Select[Annotation]:
    """What the user noted for themselves about a patient of theirs; nobody else finds it."""
    theirs = (CareTeam.clinic_id == Annotation.clinic_id) & (CareTeam.patient_id == Annotation.patient_id)
    noted = select(Annotation).where(Annotation.person_id == user.id, role_reads("own-notes", user))
    return noted.join(CareTeam, theirs).where(*on_the_team(user))


def alerts_of(user: Person) -> Select[Alert]:
    """Alerts of one's own patients; for a clinician who answers for the clinic, those of all."""
    withheld = rights.withheld(user.role, "alerts")
    mine: ColumnElement[bool] = is_open("alerts", Alert, user) & Alert.problem.not_in(withheld)
    if user.role == rights.ANSWERING and rights.may_read(user.role, "alerts"):
        mine = or_(mine, Alert.assigned_to == user.id, _answers_for_the_clinic(user))
    return select(Alert).where(Alert.clinic_id == user.clinic_id, mine)


def events_of(user: Person) -> Select[AdverseEvent]:
    """Adverse events of one's own patients; for a clinician who answers for the clinic, those of all. Where effects are
    withheld from a role, so is what stands in words alone."""
    mine = is_open("events", AdverseEvent, user)
    if withheld := rights.withheld(user.role, "events"):
        mine = mine & AdverseEvent.effect.not_in(withheld)
    if user.role == rights.ANSWERING and rights.may_read(user.role, "events"):
        mine = or_(mine, _answers_for_the_clinic(user))
    return select(AdverseEvent).where(AdverseEvent.clinic_id == user.clinic_id, mine)


def on_the_team(user: Person | Reader) -> tuple[ColumnElement[bool], ...]:
    return CareTeam.clinic_id == user.clinic_id, CareTeam.person_id == user.id, CareTeam.role == user.role


def _role_of(user: Person | Reader) -> ColumnElement[str]:
    return Reader.role if isinstance(user, Reader) else literal(user.role, String())


def _hiding(part_id: str, user: Person | Reader) -> Select[str]:
    """Ids of the patients who hide this part from the user's role."""
    part = rights.part(part_id)
    hides = (Hidden.role == user.role, Hidden.role.in_(part.hideable), Hidden.part.in_(part.hidden_with))
    return _standing(user).where(*hides).with_only_columns(Hidden.patient_id)


def _standing(user: Person | Reader) -> Select[Hidden]:
    return select(Hidden).where(Hidden.clinic_id == user.clinic_id, Hidden.until.is_(None))


def _answers_for_the_clinic(user: Person) -> ColumnElement[bool]:
    answers = select(Responder.place).where(Responder.clinic_id == user.clinic_id, Responder.person_id == user.id)
    return answers.exists()
