"""A copy of a record as a manager may make it: who the patient is, sessions and visits. No answer, no word of the
patient's and none of the care team's is in it, nor that any entry came: a manager reads none."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from flask import render_template
from sqlalchemy import Select, select

from pwa.records import AuditPatient, AuditRow, CareTeam, Patient, Person, Treatment, Visit, db, name_then
from pwa.records.agreements import agreements_of
from pwa.records.base import Base

#: of a session nobody's words: what a nurse observed and the name of who gave it are the care team's
OF_A_SESSION = ("record", "status", "at", "minutes", "route", "drug", "dose", "unit", "place", "number", "of")
OF_A_VISIT = ("record", "status", "at", "minutes", "therapist")


def zipped(patient: Patient, person: Person) -> bytes:
    out = io.BytesIO()
    taken = taken_out(patient, person)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as box:
        box.writestr("data.json", json.dumps(taken, ensure_ascii=False, indent=1, default=_written))
        box.writestr("record.html", render_template("clinic/taken_out.html", **taken))
    return out.getvalue()


def taken_out(patient: Patient, person: Person) -> dict[str, Any]:
    """By what it is; moments and days are still moments and days."""
    account = {"name": person.name, "email": person.email, "language": person.language, "since": person.created_at}
    agreed = [{"version": one.version, "language": one.language, "at": one.at} for one in agreements_of(person)]
    return {
        "patient": {**_as_row(patient), **account},
        "care_team": [_as_row(one) for one in db.session.scalars(_of(CareTeam, patient))],
        "sessions": _named(OF_A_SESSION, _of(Treatment, patient).order_by(Treatment.at)),
        "visits": _named(OF_A_VISIT, _of(Visit, patient).order_by(Visit.at)),
        "looks": _looks(patient),
        "people": _people(patient),
        "agreements": agreed,
    }


def _looks(patient: Patient) -> list[dict[str, Any]]:
    """Without the ids of other patients who stood in the same list."""
    named = (AuditPatient.clinic_id == AuditRow.clinic_id) & (AuditPatient.number == AuditRow.number)
    hers = (AuditPatient.clinic_id == patient.clinic_id, AuditPatient.patient_id == patient.id)
    who = (Person.clinic_id == AuditRow.clinic_id) & (Person.id == AuditRow.person_id)
    columns = (AuditRow, name_then(Person, AuditRow.at).label("called"))
    rows = select(*columns).join(AuditPatient, named).outerjoin(Person, who).where(*hers)
    names = ("at", "person_id", "role", "action", "what", "why")
    return [
        {name: getattr(row, name) for name in names} | {"name": called, "in_a_list": len(row.patients) > 1}
        for row, called in db.session.execute(rows.order_by(AuditRow.number))
    ]


def _people(patient: Patient) -> dict[str, str]:
    """Names of the staff by their ids, and the patient's own."""
    staff = select(Person.id, Person.name).where(Person.clinic_id == patient.clinic_id)
    found = db.session.execute(staff.where((Person.role != "patient") | (Person.id == patient.id)))
    return {row.id: row.name for row in found}


def _of(what: Any, patient: Patient) -> Select[Any]:
    return select(what).where(what.clinic_id == patient.clinic_id, what.patient_id == patient.id)


def _named(names: Sequence[str], found: Select[Any]) -> list[dict[str, Any]]:
    return [{name: getattr(row, name) for name in names} for row in db.session.scalars(found)]


def _as_row(row: Base) -> dict[str, Any]:
    return {column.name: getattr(row, column.key) for column in row.__table__.columns if column.name != "clinic_id"}


def _written(value: date | datetime | time) -> str:
    return value.isoformat()
