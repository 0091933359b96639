"""Rules by time: whoever wrote nothing after a treatment."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, select

from pwa.domain.safety.judging import NO_NEWS
from pwa.records import AlertCause, CheckIn, EffectsReport, Patient, Person, Treatment, db
from pwa.records.base import begin_writing
from pwa.records.raising import judge_silence


def listen(moment: datetime) -> int:
    """Raises what nobody wrote in time, a patient at a time; how many alerts are new. A second run raises no more."""
    rows = db.session.execute(_maybe_silent(moment)).all()
    db.session.rollback()
    return sum(_of_one(row.clinic_id, row.patient_id, moment) for row in rows)


def _of_one(clinic_id: str, patient_id: str, moment: datetime) -> int:
    begin_writing()
    db.session.get_one(Patient, (clinic_id, patient_id), with_for_update=True)
    count = judge_silence(clinic_id, patient_id, moment)
    db.session.commit()
    return count


def _maybe_silent(moment: datetime) -> Select[str, str]:
    """Patients with a treatment of the last days after which no entry stands, and that was not raised yet."""
    written = [~exists().where(_of_patient(table), table.felt_at > Treatment.at) for table in (CheckIn, EffectsReport)]
    raised = exists().where(_of_patient(AlertCause), AlertCause.rule == "silent", AlertCause.record == Treatment.record)
    recent = (Treatment.status == "given", Treatment.at <= moment, Treatment.at > moment - NO_NEWS)
    whose = (Person.clinic_id == Treatment.clinic_id) & (Person.id == Treatment.patient_id) & Person.closed_at.is_(None)
    silent = select(Treatment.clinic_id, Treatment.patient_id).join(Person, whose)
    return silent.where(*recent, *written, ~raised).distinct()


def _of_patient(table: Any) -> ColumnElement[bool]:
    return and_(table.clinic_id == Treatment.clinic_id, table.patient_id == Treatment.patient_id)
