"""Whom of the clinic a role finds, beside patients of its own: those are in `accounts.reading`."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Select, literal, or_, select

from pwa.accounts.reading import on_the_team, patients_of, role_reads
from pwa.domain import rights
from pwa.records import AuditRow, CareTeam, Emergency, Invitation, Notice, Patient, Person


def patients_to_expect(user: Person) -> Select[Patient]:
    """Those whose appointments the user may see: at the front desk the whole clinic's, else one's own patients'."""
    if _of_the_clinic(user, "appointments"):
        return select(Patient).where(Patient.clinic_id == user.clinic_id)
    return patients_of(user).where(role_reads("appointments", user))


def people_of(user: Person) -> Select[Person]:
    """The people whom the user runs: everyone of the clinic for a manager; nobody for anyone else."""
    return select(Person).where(*_is_here(user), literal(_of_the_clinic(user, "people")))


def teams_of(user: Person) -> Select[CareTeam]:
    """Who treats whom, of the whole clinic for a manager; nobody for anyone else."""
    return select(CareTeam).where(CareTeam.clinic_id == user.clinic_id, literal(_of_the_clinic(user, "team")))


def notices_of(user: Person) -> Select[Notice]:
    """What went out to the clinic's people, for a manager; nothing for anyone else."""
    return select(Notice).where(Notice.clinic_id == user.clinic_id, literal(_of_the_clinic(user, "messages")))


def records_of(user: Person) -> Select[Patient]:
    """Of whom the user may make a copy: everyone of the clinic for a manager; nobody for anyone else."""
    return select(Patient).where(Patient.clinic_id == user.clinic_id, literal(_of_the_clinic(user, "record")))


def invitable_by(user: Person) -> Select[Person]:
    """Whom the user may let in again: a manager all others of the clinic, the front desk its patients, a clinician
    their own."""
    return select(Person).where(*_is_here(user), _is_written_by(user, "invitations"))


def correctable_by(user: Person) -> Select[Person]:
    """Whose name the user may put right: the same."""
    return select(Person).where(*_is_here(user), _is_written_by(user, "names"))


def invitations_of(user: Person) -> Select[Invitation]:
    """Of those whom the user may invite, and those that the user made."""
    theirs = Invitation.person_id.in_(invitable_by(user).with_only_columns(Person.id))
    made = (Invitation.made_by == user.id) & literal(rights.may_read(user.role, "invitations"))
    return select(Invitation).where(Invitation.clinic_id == user.clinic_id, or_(theirs, made))


def trail_of(user: Person) -> Select[AuditRow]:
    """The clinic's audit trail for a manager; nothing for anyone else."""
    return select(AuditRow).where(AuditRow.clinic_id == user.clinic_id, literal(_of_the_clinic(user, "trail")))


def emergencies_here(user: Person) -> Select[Emergency]:
    """All of the clinic for whoever reads its trail; none for anyone else."""
    return select(Emergency).where(Emergency.clinic_id == user.clinic_id, literal(_of_the_clinic(user, "trail")))


def emergencies_of_own(user: Person) -> Select[Emergency]:
    """In which somebody else opened the record of a patient of the user's own."""
    mine = patients_of(user).with_only_columns(Patient.id)
    theirs = (Emergency.clinic_id == user.clinic_id, Emergency.patient_id.in_(mine))
    return select(Emergency).where(*theirs, Emergency.person_id != user.id)


def _of_the_clinic(user: Person, part: str) -> bool:
    """Whether the user reads this of everyone of the clinic."""
    return rights.reach(user.role, part) == rights.CLINIC


def _is_written_by(user: Person, part: str) -> ColumnElement[bool]:
    """Whether the user writes this of a person; of the staff only who runs the clinic's people."""
    if not rights.may_write(user.role, part):
        return literal(False)
    if not _of_the_clinic(user, part):
        return Person.id.in_(select(CareTeam.patient_id).where(*on_the_team(user)))
    return Person.id != user.id if rights.may_write(user.role, "people") else Person.role == "patient"


def _is_here(user: Person) -> tuple[ColumnElement[bool], ...]:
    return Person.clinic_id == user.clinic_id, Person.erased_at.is_(None)
