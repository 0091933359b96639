"""Keeping another edition of what the clinic writes of a patient: the older ones stay, and none is lost to a second."""

from __future__ import annotations

from typing import Any, TypeVar

from flask_login import current_user
from sqlalchemy import select

from pwa.accounts import audit, patients_of
from pwa.clinic.recording import one_to_note, one_to_write
from pwa.config import now
from pwa.forms.noted import EditionForm
from pwa.records import AdverseEvent, Note, Patient, db

E = TypeVar("E", Note, AdverseEvent)


def kept(table: type[E], patient_id: str, id_: str, form: EditionForm, said: dict[str, Any]) -> bool:
    """Commits, or tells the form that another edition came meanwhile. Sent twice, it is kept once."""
    to_write = one_to_note if table is Note else one_to_write
    key = {"clinic_id": to_write(current_user, patient_id).clinic_id, "patient_id": patient_id}
    db.session.get_one(Patient, (key["clinic_id"], patient_id), with_for_update=True)
    last = db.session.scalars(select(table).filter_by(**key, id=id_).order_by(table.edition.desc()).limit(1)).first()
    if last and last.person_id == current_user.id and all(getattr(last, name) == said[name] for name in said):
        return True
    if (last.edition if last else 0) != form.edition.data:
        form.says_it_was_changed(last.edition if last else 0)
        db.session.rollback()
        return False
    edition = (last.edition if last else 0) + 1
    db.session.add(table(**key, id=id_, edition=edition, person_id=current_user.id, at=now(), **said))
    audit.wrote(current_user, WHAT[table], [patient_id], [id_], why=_why(patient_id))
    db.session.commit()
    return True


def _why(patient_id: str) -> str:
    """A note of who does not treat the patient is of an emergency, also once that has ended."""
    is_mine = db.session.scalar(patients_of(current_user).where(Patient.id == patient_id)) is not None
    return "care" if is_mine else "emergency"


#: as the audit trail calls them
WHAT: dict[type[Note | AdverseEvent], str] = {Note: "note", AdverseEvent: "adverse-event"}
