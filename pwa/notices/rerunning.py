"""After a clinic changed a rule or a figure the rules run again, over what its patients wrote lately."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select, update

from pwa.config import now
from pwa.notices.each import for_each
from pwa.records import Patient, SafetySettings, db
from pwa.records.base import begin_writing
from pwa.records.raise_again import of_one

LATELY = timedelta(days=30)
#: patients in one turn, so that alerts go on meanwhile
AT_ONCE = 50


def run_again(_me: str) -> None:
    """A second run finds no more; so a courier that dies at it, or another beside it, does no harm."""
    columns = (SafetySettings.clinic_id, SafetySettings.changed_at, SafetySettings.judged_to)
    changed = db.session.execute(select(*columns).where(SafetySettings.changed_at.is_not(None))).all()
    for one in changed:
        _some_of(one.clinic_id, one.changed_at, one.judged_to or "", now())


def _some_of(clinic_id: str, changed_at: datetime, judged_to: str, moment: datetime) -> None:
    theirs = select(Patient.id).where(Patient.clinic_id == clinic_id, Patient.id > judged_to)
    patients = db.session.scalars(theirs.order_by(Patient.id).limit(AT_ONCE)).all()
    db.session.rollback()
    whose = [(clinic_id, patient_id) for patient_id in patients]
    for_each("rules", whose, lambda clinic, patient: of_one(clinic, patient, moment - LATELY, moment), moment)
    begin_writing()
    # what was changed once more meanwhile begins anew
    same = (SafetySettings.clinic_id == clinic_id, SafetySettings.changed_at == changed_at)
    left = {"judged_to": patients[-1]} if patients else {"changed_at": None, "judged_to": None}
    db.session.execute(update(SafetySettings).where(*same).values(left))
    db.session.commit()
