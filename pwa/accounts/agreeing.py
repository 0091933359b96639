"""An invitation that opens a patient's account without the code of her mail needs two: who made it, and a clinician of
her care team (docs/decisions/0027)."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Select, literal, select

from pwa.accounts.reading import on_the_team
from pwa.domain.rights import AGREEING
from pwa.records import CareTeam, Invitation, Person, db


def to_agree(user: Person) -> Select[Invitation]:
    """Such invitations of the user's own patients that somebody else made, open or not."""
    patients = select(CareTeam.patient_id).where(*on_the_team(user), literal(user.role == AGREEING))
    theirs = (Invitation.clinic_id == user.clinic_id, Invitation.person_id.in_(patients))
    return select(Invitation).where(*theirs, Invitation.opens_at.is_not(None), Invitation.made_by != user.id)


def who_may_agree(patient: Person, made_by: Person) -> Sequence[Person]:
    who = (CareTeam.clinic_id == Person.clinic_id) & (CareTeam.person_id == Person.id)
    team = (CareTeam.patient_id == patient.id, CareTeam.role == AGREEING, Person.role == AGREEING)
    others = (Person.clinic_id == patient.clinic_id, Person.closed_at.is_(None), Person.id != made_by.id)
    return db.session.scalars(select(Person).join(CareTeam, who).where(*team, *others)).all()
