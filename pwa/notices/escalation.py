"""Alerts that nobody answered in time go on to the next person of the rota."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, select

from pwa.notices.each import for_each
from pwa.records import Alert, AlertEvent, Patient, db
from pwa.records.base import begin_writing
from pwa.records.ids import uuid7
from pwa.records.notices import enqueue
from pwa.records.responding import house_of, notices, rota, tell_operators


def escalate(moment: datetime) -> int:
    """Each overdue alert in a transaction of its own; how many went on. Several couriers side by side do it once."""
    overdue = select(Alert.clinic_id, Alert.id).where(_is_overdue(moment)).order_by(Alert.escalate_at)
    alerts = [(row.clinic_id, row.id) for row in db.session.execute(overdue)]
    db.session.rollback()
    return sum(for_each("escalation", alerts, lambda clinic, alert: _goes_on(clinic, alert, moment), moment))


def _is_overdue(moment: datetime) -> ColumnElement[bool]:
    return (Alert.state != "resolved") & (Alert.escalate_at <= moment)


def _goes_on(clinic_id: str, alert_id: str, moment: datetime) -> bool:
    begin_writing()
    patient_id = db.session.get_one(Alert, (clinic_id, alert_id)).patient_id
    db.session.get_one(Patient, (clinic_id, patient_id), with_for_update=True)
    still = select(Alert).where(Alert.clinic_id == clinic_id, Alert.id == alert_id, _is_overdue(moment))
    alert = db.session.scalars(still.execution_options(populate_existing=True)).first()
    if alert is not None:
        _hand_on(alert, moment)
    db.session.commit()
    return alert is not None


def _hand_on(alert: Alert, moment: datetime) -> None:
    """The one who is told next must acknowledge it anew. After the last of the rota comes the first again."""
    people = rota(alert.clinic_id, alert.patient_id)
    alert.escalated += 1
    alert.state, alert.acknowledged_at, alert.acknowledged_by = "raised", None, None
    alert.snoozed_until = None
    alert.escalate_at = house_of(alert.clinic_id).cover.due(alert.tier, moment)
    if people:
        alert.assigned_to = _next(alert, people)
        cause = f"alert:{alert.id}:escalated:{alert.escalated}"
        enqueue(notices(alert.clinic_id, alert.assigned_to, "escalation", alert.id, cause, moment), moment)
    else:
        tell_operators(alert.clinic_id, {alert.id: moment}, "nobody-answers")
    db.session.add(
        AlertEvent(
            clinic_id=alert.clinic_id,
            id=uuid7(moment),
            alert_id=alert.id,
            what="escalated",
            at=moment,
            person_id=None,
            note=None,
            details={"to": alert.assigned_to},
        )
    )


def _next(alert: Alert, people: Sequence[str]) -> str:
    """After whoever was told last: the one to whom it was handed, or else the first. Who is not of the rota hands on to
    its first."""
    told = alert.assigned_to or people[0]
    return people[(people.index(told) + 1) % len(people)] if told in people else people[0]
