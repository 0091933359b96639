"""Whether somebody came in, and can still be removed."""

from __future__ import annotations

from sqlalchemy import ColumnElement, exists, or_, select

from pwa.records import Device, Person, db
from pwa.records.written import written


def never_came_in() -> ColumnElement[bool]:
    return ~exists().where(Device.clinic_id == Person.clinic_id, Device.person_id == Person.id)


def is_blank(person: Person) -> bool:
    """Nobody came in, and nothing was written of them: so nothing has to be kept."""
    came = exists().where(Device.clinic_id == person.clinic_id, Device.person_id == person.id)
    return not db.session.scalar(select(or_(came, written(person.clinic_id, person.id))))
