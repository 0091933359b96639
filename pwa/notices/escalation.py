"""Alerts that nobody answered in time go on to the next person of the rota."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, exists, select

from pwa.notices.each import for_each
from pwa.records import Alert, AlertEvent, Notice, Patient, db
from pwa.records.base import begin_writing
from pwa.records.ids import uuid7
from pwa.records.notices import IN_VAIN, enqueue
from pwa.records.responding import TELLING, house_of, notices, rota, tell_operators, tells_of, told_last


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
    alert = _for_writing(clinic_id, alert_id, _is_overdue(moment))
    if alert is not None:
        _hand_on(alert, moment)
    db.session.commit()
    return alert is not None


def told_in_vain(notice: Notice, moment: datetime) -> None:
    """An alert of which whoever was told last cannot hear goes on at once, as far as somebody is left to try."""
    if notice.what not in TELLING or _may_be_heard(notice):
        return
    begin_writing()
    alert = _for_writing(notice.clinic_id, notice.about, Alert.state == "raised", Alert.snoozed_until.is_(None))
    if alert is not None and told_last(alert) == notice.person_id:
        people = rota(alert.clinic_id, alert.patient_id)
        if people and not _was_told_in_vain(alert, _next(notice.person_id, people)):
            _hand_on(alert, moment, notice.person_id)
        else:
            tell_operators(alert.clinic_id, {alert.id: moment}, "nobody-answers")
    db.session.commit()


def _hand_on(alert: Alert, moment: datetime, told: str | None = None) -> None:
    """The one who is told next must acknowledge it anew. After the last of the rota comes the first again; it comes
    first also where nobody has heard of the alert, and then it is no word of who did not answer."""
    people = rota(alert.clinic_id, alert.patient_id)
    heard = told or told_last(alert) or alert.acknowledged_by
    event, what = ("escalated", "escalation") if heard else ("told", "alert")
    alert.escalated += heard is not None
    alert.state, alert.acknowledged_at, alert.acknowledged_by = "raised", None, None
    alert.snoozed_until = None
    alert.escalate_at = house_of(alert.clinic_id).cover.due(alert.tier, moment)
    if people:
        alert.assigned_to = _next(heard, people)
        cause = f"alert:{alert.id}:escalated:{alert.escalated}"
        enqueue(notices(alert.clinic_id, alert.assigned_to, what, alert.id, cause, moment), moment)
    else:
        tell_operators(alert.clinic_id, {alert.id: moment}, "nobody-answers")
    db.session.add(
        AlertEvent(
            clinic_id=alert.clinic_id,
            id=uuid7(moment),
            alert_id=alert.id,
            what=event,
            at=moment,
            person_id=None,
            note=None,
            details={"to": alert.assigned_to},
        )
    )


def _next(told: str | None, people: Sequence[str]) -> str:
    """Who is not of the rota hands on to its first."""
    return people[(people.index(told) + 1) % len(people)] if told in people else people[0]


def _for_writing(clinic_id: str, alert_id: str, *still: ColumnElement[bool]) -> Alert | None:
    """The patient's row is locked, as when entries arrive."""
    its = select(Alert).where(Alert.clinic_id == clinic_id, Alert.id == alert_id)
    if (alert := db.session.scalar(its)) is None:
        return None
    db.session.get_one(Patient, (clinic_id, alert.patient_id), with_for_update=True)
    return db.session.scalars(its.where(*still).execution_options(populate_existing=True)).first()


def _may_be_heard(notice: Notice) -> bool:
    """By whatever way; a mail takes the place of a dead push."""
    same = (Notice.clinic_id == notice.clinic_id, Notice.person_id == notice.person_id, Notice.cause == notice.cause)
    return bool(db.session.scalar(select(exists().where(*same, Notice.state.not_in(IN_VAIN)))))


def _was_told_in_vain(alert: Alert, person_id: str) -> bool:
    dead = (Notice.person_id == person_id, Notice.channel == "mail", Notice.state.in_(IN_VAIN))
    return bool(db.session.scalar(select(exists().where(tells_of(alert), *dead))))
