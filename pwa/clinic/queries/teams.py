"""Who treats whom, for those who run the clinic."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import delete, func

from pwa.accounts import people_of, teams_of
from pwa.clinic.queries import AnyRow
from pwa.records import CareTeam, Patient, Person, db
from pwa.records.base import insert_new, table_of

AS_PATIENT = (Patient.clinic_id == Person.clinic_id) & (Patient.id == Person.id)


def patient(user: Person, id_: str) -> AnyRow | None:
    """The person, and the code by which the clinic calls them."""
    found = people_of(user).join(Patient, AS_PATIENT).where(Person.id == id_).with_only_columns(Person, Patient.code)
    return db.session.execute(found).first()


def treating(user: Person, id_: str) -> Person | None:
    """Somebody of the staff who can be on care teams."""
    return db.session.scalar(people_of(user).where(Person.id == id_, Person.role.in_(("clinician", "therapist"))))


def team_of(user: Person, patient: str) -> dict[str, str]:
    """Id → role."""
    found = db.session.scalars(teams_of(user).where(CareTeam.patient_id == patient))
    return {one.person_id: one.role for one in found}


def treated_by(user: Person, member: str) -> list[str]:
    """Ids of patients."""
    theirs = teams_of(user).where(CareTeam.person_id == member).with_only_columns(CareTeam.patient_id)
    return list(db.session.scalars(theirs.order_by(CareTeam.patient_id)))


def how_many(user: Person, members: Collection[str]) -> Mapping[str, int]:
    """Patients that each of them treats."""
    found = (
        teams_of(user)
        .where(CareTeam.person_id.in_(members))
        .with_only_columns(CareTeam.person_id, func.count().label("patients"))
        .group_by(CareTeam.person_id)
    )
    return {row.person_id: row.patients for row in db.session.execute(found)}


def add(user: Person, patients: Sequence[str], members: Mapping[str, str]) -> None:
    """`members`: id → role. Who is on the team already stays."""
    rows = [
        {"clinic_id": user.clinic_id, "patient_id": patient, "person_id": member, "role": role}
        for patient in patients
        for member, role in members.items()
    ]
    if rows:
        connection = db.session.connection()
        connection.execute(insert_new(table_of(CareTeam), connection), rows)


def remove(user: Person, patients: Sequence[str], member: str) -> None:
    its = (CareTeam.clinic_id == user.clinic_id, CareTeam.person_id == member, CareTeam.patient_id.in_(patients))
    db.session.execute(delete(CareTeam).where(*its))
