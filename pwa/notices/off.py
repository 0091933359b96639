"""The link in a mail that switches reminders off without signing in."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer
from sqlalchemy import select

from pwa.config import now
from pwa.notices.reminders import choice, zone
from pwa.records import Patient, Person, ReminderChoice, db
from pwa.records.base import begin_writing
from pwa.records.ids import uuid7
from pwa.sync.envelope import written
from pwa.sync.receive import receive


def path(person: Person) -> str:
    return f"/reminders/off/{_signer().dumps([person.clinic_id, person.id])}"


def person_of(token: str) -> Person | None:
    try:
        clinic_id, person_id = _signer().loads(token)
    except BadSignature:
        return None
    return db.session.get(Person, (clinic_id, person_id))


def switch_off(person: Person) -> None:
    """Writes a version like one from the phone, so that the phone shows it too. Commits."""
    begin_writing()
    whose, moment = (person.clinic_id, person.id), now()
    wanted = choice(whose)
    body: dict[str, Any] = {"way": "off", "sessions": wanted.sessions, "checks": wanted.checks}
    if wanted.daily:
        body["daily"] = wanted.daily.isoformat("minutes")
    rows = select(ReminderChoice).where(ReminderChoice.clinic_id == whose[0], ReminderChoice.patient_id == whose[1])
    heads = db.session.scalars(rows.order_by(ReminderChoice.written_at.desc())).all()
    record = heads[0].record if heads else uuid7(moment)
    parents = [head.version_id for head in heads if head.record == record]
    there = moment.astimezone(ZoneInfo(zone(whose)))
    when: dict[str, Any] = {"day": there.date(), "felt_at": there, "written_at": there, "zone": zone(whose)}
    text = written("reminders", body, id=uuid7(moment), record=record, parents=parents, **when)
    patient = db.session.get_one(Patient, whose)
    receive(patient, [text], author=person, device=None, received_at=moment)
    db.session.commit()


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="reminders-off")
