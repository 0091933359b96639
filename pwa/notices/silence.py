"""Rules by time: whoever wrote nothing after a treatment, or did not say "I am OK" after a dose at home."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, select

from pwa.domain.safety.judging import NO_NEWS
from pwa.notices.each import for_each
from pwa.records import AlertCause, HomeDose, Patient, Person, Treatment, db
from pwa.records.base import begin_writing
from pwa.records.raising import judge_silence
from pwa.records.wrote import JUDGED, OTHERS


def listen(moment: datetime) -> int:
    """Raises what nobody wrote in time, a patient at a time; how many alerts are new. A second run raises no more."""
    rows = {*db.session.execute(_maybe_silent(moment)), *db.session.execute(_maybe_not_ok(moment))}
    patients = [(row.clinic_id, row.patient_id) for row in rows]
    db.session.rollback()
    return sum(for_each("silence", patients, lambda clinic, patient: _of_one(clinic, patient, moment), moment))


def _of_one(clinic_id: str, patient_id: str, moment: datetime) -> int:
    begin_writing()
    db.session.get_one(Patient, (clinic_id, patient_id), with_for_update=True)
    count = judge_silence(clinic_id, patient_id, moment)
    db.session.commit()
    return count


def _maybe_silent(moment: datetime) -> Select[str, str]:
    """Patients with a treatment of the last days after which no entry stands, and that was not raised yet. One that
    came before it says nothing of it, whatever the phone's clock says."""
    written = [
        ~exists().where(_same(table, Treatment), table.felt_at > Treatment.at, table.received_at > Treatment.at)
        for table in (*JUDGED, *OTHERS)
    ]
    recent = (Treatment.status == "given", Treatment.at <= moment, Treatment.at > moment - NO_NEWS)
    return _not_raised(Treatment, "silent").where(*recent, *written)


def _maybe_not_ok(moment: datetime) -> Select[str, str]:
    recent = (HomeDose.ok_at.is_(None), HomeDose.received_at > moment - NO_NEWS)
    return _not_raised(HomeDose, "no-ok").where(*recent)


def _not_raised(table: Any, rule: str) -> Select[str, str]:
    """Patients whose account is open, with a row of which the rule has found nothing yet."""
    whose = (Person.clinic_id == table.clinic_id) & (Person.id == table.patient_id) & Person.closed_at.is_(None)
    raised = exists().where(_same(AlertCause, table), AlertCause.rule == rule, AlertCause.record == table.record)
    return select(table.clinic_id, table.patient_id).join(Person, whose).where(~raised).distinct()


def _same(table: Any, other: Any) -> ColumnElement[bool]:
    """Of the same patient."""
    return and_(table.clinic_id == other.clinic_id, table.patient_id == other.patient_id)
