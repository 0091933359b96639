"""What a clinician does about an alert: acknowledge, hand on, let it wait, act, settle. Each is an event that stays."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from flask import make_response, redirect, request, url_for
from flask_login import current_user
from sqlalchemy import func, select
from werkzeug.wrappers import Response

from pwa.accounts import alerts_of, audit, onward, writes
from pwa.clinic.desk import blueprint, clinic, today
from pwa.clinic.queries import alerts as ask
from pwa.clinic.seen import tell_seen, untell_seen
from pwa.clinic.triage import alert_page, assign_form
from pwa.config import now
from pwa.errors import Problem
from pwa.forms.alerts import ActForm, SnoozeForm, WordForm
from pwa.records import Alert, AlertEvent, Patient, db
from pwa.records.base import begin_writing
from pwa.records.ids import uuid7
from pwa.records.notices import enqueue
from pwa.records.responding import house_of, notices


@blueprint.post("/alerts/<uuid:alert>/acknowledge")
@writes("alerts", "answering")
def acknowledge(alert: UUID) -> Response:
    """Starts the second clock: without a recorded action before it ends, the alert escalates again."""
    found = _mine(alert)
    if found.state == "raised":
        _acknowledged(found, now())
    return _done(found)


@blueprint.post("/alerts/<uuid:alert>/take-back")
@writes("alerts", "answering")
def take_back(alert: UUID) -> Response:
    """An acknowledgement of one's own, as if it had not been: the clock goes on that ran before it, in full sight."""
    found = _mine(alert)
    if found.state == "acknowledged" and found.acknowledged_by == current_user.id and found.escalate_at:
        found.state, found.acknowledged_at, found.acknowledged_by = "raised", None, None
        found.snoozed_until = None
        found.escalate_at = house_of(found.clinic_id).cover.due(found.tier, _told_at(found))
        untell_seen(current_user, found)
        _event(found, "taken-back", now())
    return _done(found)


@blueprint.post("/alerts/<uuid:alert>/assign")
@writes("alerts", "answering")
def assign(alert: UUID) -> Response:
    found = _mine(alert)
    shown = ask.one(current_user, found.id)
    assert shown is not None
    form = assign_form(shown, formdata=request.form)
    if not form.validate_on_submit():
        return _refused(alert, assign=form)
    if form.person.data == found.assigned_to:
        return _done(found)
    moment = now()
    found.assigned_to = form.person.data
    event = _event(found, "assigned", moment, to=form.person.data)
    if form.person.data != current_user.id:
        cause = f"alert:{found.id}:assigned:{event.id}"
        enqueue(notices(found.clinic_id, form.person.data, "alert", found.id, cause, moment), moment)
    return _done(found)


@blueprint.post("/alerts/<uuid:alert>/snooze")
@writes("alerts", "answering")
def snooze(alert: UUID) -> Response:
    """Not an urgent one."""
    found, form = _mine(alert), SnoozeForm()
    if found.tier == "urgent":
        raise Problem("not-yours")
    form.today = today()
    if not form.validate_on_submit():
        return _refused(alert, snooze=form)
    until = form.until(now(), clinic().zone)
    found.snoozed_until = until
    found.escalate_at = house_of(found.clinic_id).cover.due(found.tier, until, found.state == "acknowledged")
    _event(found, "snoozed", now(), form.reason.data, until=until.isoformat())
    return _done(found)


@blueprint.post("/alerts/<uuid:alert>/act")
@writes("alerts", "answering")
def act(alert: UUID) -> Response:
    """Whoever acts has acknowledged; the clocks stop."""
    found, form = _mine(alert), ActForm()
    if not form.validate_on_submit():
        return _refused(alert, act=form)
    if found.state == "raised":
        _acknowledged(found, now())
    found.escalate_at, found.snoozed_until = None, None
    _event(found, "acted", now(), form.note.data, action=form.action.data)
    if form.resolves.data:
        _resolved(found, now())
    return _done(found)


@blueprint.post("/alerts/<uuid:alert>/resolve")
@writes("alerts", "answering")
def resolve(alert: UUID) -> Response:
    """Only after an action was recorded."""
    found = _mine(alert)
    if found.state == "acknowledged" and found.escalate_at is None:
        _resolved(found, now())
    return _done(found)


def _mine(alert: UUID) -> Alert:
    """For writing, if it is open and the user's to answer. The patient's row is locked, as when entries arrive."""
    if not WordForm().validate_on_submit():
        raise Problem("form-expired")
    begin_writing()
    theirs = alerts_of(current_user).where(Alert.id == str(alert), Alert.state != "resolved")
    patient = db.session.scalar(theirs.with_only_columns(Alert.patient_id))
    if patient is None:
        raise Problem("not-found")
    db.session.get_one(Patient, (current_user.clinic_id, patient), with_for_update=True)
    found = db.session.scalars(theirs.execution_options(populate_existing=True)).first()
    if found is None:  # settled while one waited for the lock
        raise Problem("not-found")
    return found


def _told_at(found: Alert) -> datetime:
    """When somebody was last told of it."""
    its = (AlertEvent.clinic_id == found.clinic_id, AlertEvent.alert_id == found.id, AlertEvent.what.in_(ask.TELLING))
    return db.session.scalar(select(func.max(AlertEvent.at)).where(*its)) or found.raised_at


def _acknowledged(found: Alert, moment: datetime) -> None:
    found.state, found.acknowledged_at, found.acknowledged_by = "acknowledged", moment, current_user.id
    found.escalate_at = house_of(found.clinic_id).cover.due(found.tier, moment, acknowledged=True)
    _event(found, "acknowledged", moment)
    tell_seen(current_user, found, moment)


def _resolved(found: Alert, moment: datetime) -> None:
    found.state, found.resolved_at, found.resolved_by, found.snoozed_until = "resolved", moment, current_user.id, None
    _event(found, "resolved", moment)


def _event(found: Alert, what: str, moment: datetime, note: str | None = None, **details: Any) -> AlertEvent:
    event = AlertEvent(
        clinic_id=found.clinic_id,
        id=uuid7(moment),
        alert_id=found.id,
        what=what,
        at=moment,
        person_id=current_user.id,
        note=note,
        details=details,
    )
    db.session.add(event)
    return event


def _done(found: Alert) -> Response:
    audit.wrote(current_user, "alert", [found.patient_id], [found.id])
    db.session.commit()
    return redirect(onward(current_user, request.form.get("back") or url_for("clinic.alert", alert=found.id)))


def _refused(alert: UUID, **form: Any) -> Response:
    db.session.rollback()
    return make_response(alert_page(alert, **form), 422)
