"""Whether somebody came in, and can still be removed."""

from __future__ import annotations

from sqlalchemy import ColumnElement, exists, select

from pwa.records import AdverseEvent, Alert, Device, Note, Person, Version, db
from pwa.records.erasing import OF_THE_HOUSE


def never_came_in() -> ColumnElement[bool]:
    return ~exists().where(Device.clinic_id == Person.clinic_id, Device.person_id == Person.id)


def is_blank(person: Person) -> bool:
    """Nobody came in, and nothing was written of them: so nothing has to be kept."""
    kept = (
        select(what.patient_id).where(what.clinic_id == person.clinic_id, what.patient_id == person.id)
        for what in (Note, AdverseEvent, Alert)
    )
    said = select(Version.id).where(Version.clinic_id == person.clinic_id, Version.patient_id == person.id)
    written = (*kept, said.where(Version.kind.not_in(OF_THE_HOUSE) | Version.kind.is_(None)))
    came = select(Device.id).where(Device.clinic_id == person.clinic_id, Device.person_id == person.id)
    return not any(db.session.scalar(select(exists(one))) for one in (came, *written))
