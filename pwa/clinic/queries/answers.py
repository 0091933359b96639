"""Yes answers to the question about thoughts, whoever has opened them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, select, update

from pwa.clinic.answers import Answer, answer_in
from pwa.clinic.queries import AnyRow, of_one, whose
from pwa.records import Alert, CheckIn, Person, Version, db


def _of_alert(table: Any, id_: Any) -> ColumnElement[bool]:
    return and_(table.clinic_id == Alert.clinic_id, table.patient_id == Alert.patient_id, id_ == Alert.version_id)


ANSWERS = (
    select(
        Alert.patient_id,
        Alert.version_id,
        Alert.answer,
        Alert.raised_at,
        Alert.opened_at,
        Person.name.label("opened_by"),
        Version.text,
        CheckIn.version_id.label("stands"),
    )
    .join(Version, _of_alert(Version, Version.id))
    .outerjoin(CheckIn, _of_alert(CheckIn, CheckIn.version_id))
    .outerjoin(Person, (Person.clinic_id == Alert.clinic_id) & (Person.id == Alert.opened_by))
    .order_by(Alert.raised_at.desc(), Alert.version_id)
)
UNOPENED = Alert.opened_at.is_(None)
OF_THESE = (Alert.clinic_id == bindparam("clinic")) & Alert.patient_id.in_(bindparam("patients", expanding=True))
UNOPENED_OF_THESE = ANSWERS.where(OF_THESE, UNOPENED)
UNOPENED_OR_SINCE = ANSWERS.where(of_one(Alert), UNOPENED | (Alert.raised_at >= bindparam("since")))


def unopened(clinic_id: str, patients: Sequence[str]) -> list[Answer]:
    """The newest first."""
    found = db.session.execute(UNOPENED_OF_THESE, {"clinic": clinic_id, "patients": patients})
    return [answer_in(row) for row in found]


def of_patient(patient: AnyRow, since: datetime) -> list[Answer]:
    """Those not opened, and those that came since; the newest first."""
    found = db.session.execute(UNOPENED_OR_SINCE, {**whose(patient), "since": since})
    return [answer_in(row) for row in found]


def open_all(user: Person, answers: Sequence[Answer], moment: datetime) -> None:
    """What this page has just shown to this clinician. Commits."""
    shown = [(answer.patient_id, answer.version_id) for answer in answers if answer.opened_at is None]
    for patient_id, version_id in shown:
        still = (
            Alert.clinic_id == user.clinic_id,
            Alert.patient_id == patient_id,
            Alert.version_id == version_id,
            Alert.opened_at.is_(None),
        )
        db.session.execute(update(Alert).where(*still).values(opened_at=moment, opened_by=user.id))
    db.session.commit()
