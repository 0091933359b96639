"""Yes answers to the question about thoughts, as they were given, and who at the clinic has acknowledged them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, select

from pwa.accounts import Reader, is_open, reader
from pwa.clinic.answers import RULES, Answer, answer_in
from pwa.clinic.queries import AnyRow, of_one, whose
from pwa.records import Alert, AlertCause, CheckIn, Person, Version, db, name_then


def _of_cause(table: Any, id_: Any) -> ColumnElement[bool]:
    return and_(
        table.clinic_id == AlertCause.clinic_id,
        table.patient_id == AlertCause.patient_id,
        id_ == AlertCause.version_id,
    )


ANSWERS = (
    select(
        AlertCause.patient_id,
        AlertCause.version_id,
        AlertCause.rule,
        AlertCause.came_at,
        Alert.acknowledged_at,
        name_then(Person, Alert.acknowledged_at).label("acknowledged_by"),
        Version.text,
        CheckIn.version_id.label("stands"),
    )
    .join(Version, _of_cause(Version, Version.id))
    .outerjoin(CheckIn, _of_cause(CheckIn, CheckIn.version_id))
    .outerjoin(Alert, (Alert.clinic_id == AlertCause.clinic_id) & (Alert.id == AlertCause.alert_id))
    .outerjoin(Person, (Person.clinic_id == Alert.clinic_id) & (Person.id == Alert.acknowledged_by))
    .where(AlertCause.rule.in_(RULES))
    .order_by(AlertCause.came_at.desc(), AlertCause.version_id)
)
FRESH = (Alert.state == "raised") | (AlertCause.came_at >= bindparam("since"))
FRESH_OF_PATIENT = ANSWERS.where(of_one(AlertCause), FRESH, is_open("alerts", AlertCause, Reader()))
OF_ALERT = ANSWERS.where(AlertCause.clinic_id == bindparam("clinic"), AlertCause.alert_id == bindparam("alert"))


def of_patient(user: Person, patient: AnyRow, since: datetime, with_levels: bool) -> list[Answer]:
    """`with_levels`: with what else each check-in says. Those that nobody has acknowledged, and those that came since;
    the newest first."""
    found = db.session.execute(FRESH_OF_PATIENT, {**reader(user), **whose(patient), "since": since})
    return [answer_in(row, with_levels) for row in found]


def of_alert(alert: Alert, with_levels: bool) -> list[Answer]:
    found = db.session.execute(OF_ALERT, {"clinic": alert.clinic_id, "alert": alert.id})
    return [answer_in(row, with_levels) for row in found]
