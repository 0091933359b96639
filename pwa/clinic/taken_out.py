"""All that the clinic keeps of one patient, for whoever asks for it by right: as data, and as a page to read."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from flask import render_template
from sqlalchemy import Select, select

from pwa.clinic.times import when_words
from pwa.domain import rights
from pwa.forms.spoken import answers
from pwa.records import (
    AdverseEvent,
    Alert,
    AlertEvent,
    AuditPatient,
    AuditRow,
    CareTeam,
    Hidden,
    JournalEntry,
    Note,
    Patient,
    Person,
    SafetyPlan,
    Version,
    db,
)
from pwa.records.agreements import agreements_of
from pwa.records.base import Base
from pwa.sync.envelope import as_text, read

#: what a patient can keep to themselves: of these only what is shared now is taken out, as it stands now
OWN = ("journal", "safety-plan", "aside")
#: kind of an entry → its part of `domain.rights`; what is hidden from any role is left out
PART_OF = {"check-in": "check-ins", "effects": "effects"}


def zipped(patient: Patient, person: Person) -> bytes:
    out = io.BytesIO()
    taken = taken_out(patient, person)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as box:
        box.writestr("data.json", json.dumps(taken, ensure_ascii=False, indent=1, default=_written))
        lines, closed = map(_line, taken["entries"]), rights.parts(taken["left_out"])
        box.writestr("record.html", render_template("clinic/taken_out.html", lines=lines, closed=closed, **taken))
    return out.getvalue()


def taken_out(patient: Patient, person: Person) -> dict[str, Any]:
    """By what it is; moments and days are still moments and days."""
    closed = _closed(patient)
    alerts = [] if "alerts" in closed else _rows(_of(Alert, patient))
    hers = AlertEvent.alert_id.in_([alert["id"] for alert in alerts])
    account = {"name": person.name, "email": person.email, "language": person.language, "since": person.created_at}
    return {
        "patient": {**_as_row(patient), **account},
        "care_team": _rows(_of(CareTeam, patient)),
        "entries": _entries(patient, closed),
        "left_out": sorted(closed),
        "alerts": alerts,
        "alert_events": _rows(select(AlertEvent).where(AlertEvent.clinic_id == patient.clinic_id, hers)),
        "notes": _rows(_of(Note, patient)),
        "adverse_events": [] if "events" in closed else _rows(_of(AdverseEvent, patient)),
        "looks": _looks(patient),
        "people": _people(patient),
        "agreements": [
            {"version": one.version, "language": one.language, "at": one.at} for one in agreements_of(person)
        ],
    }


def _entries(patient: Patient, closed: Collection[str]) -> list[dict[str, Any]]:
    """Every version in the order in which it came; a text of None is the patient's own to take out."""
    shared = _shared(patient)
    own = {*OWN, *(kind for kind, part in PART_OF.items() if part in closed)}
    found = db.session.scalars(_of(Version, patient).order_by(Version.seq))
    return [
        {
            **{name: getattr(one, name) for name in ("id", "record", "kind", "parents", "outcome", "received_at")},
            "by": one.author_id,
            "text": as_text(one.text) if one.id in shared or (one.kind is not None and one.kind not in own) else None,
        }
        for one in found
    ]


def _closed(patient: Patient) -> set[str]:
    hides = db.session.scalars(_of(Hidden, patient).where(Hidden.until.is_(None)))
    return {part for one in hides for part in rights.closed_by(one.part, one.role)}


def _shared(patient: Patient) -> set[str]:
    shared: set[str] = set()
    for what in (JournalEntry, SafetyPlan):
        heads = _of(what, patient).where(what.audience != "me").with_only_columns(what.version_id)
        shared |= set(db.session.scalars(heads))
    return shared


def _looks(patient: Patient) -> list[dict[str, Any]]:
    """Without the ids of other patients who stood in the same list."""
    named = (AuditPatient.clinic_id == AuditRow.clinic_id) & (AuditPatient.number == AuditRow.number)
    hers = (AuditPatient.clinic_id == patient.clinic_id, AuditPatient.patient_id == patient.id)
    found = db.session.scalars(select(AuditRow).join(AuditPatient, named).where(*hers).order_by(AuditRow.number))
    names = ("at", "person_id", "role", "action", "what", "why")
    return [{name: getattr(one, name) for name in names} | {"in_a_list": len(one.patients) > 1} for one in found]


def _people(patient: Patient) -> dict[str, str]:
    """Names of the staff by their ids, and the patient's own."""
    staff = select(Person.id, Person.name).where(Person.clinic_id == patient.clinic_id)
    found = db.session.execute(staff.where((Person.role != "patient") | (Person.id == patient.id)))
    return {row.id: row.name for row in found}


def _line(entry: Mapping[str, Any]) -> dict[str, Any]:
    """For reading: what was answered, in words; a kind of a later release as it was sent."""
    said = read(entry["text"], lambda *_: None) if entry["text"] else None
    if said is None or said.errors or not said.kind:
        return {**entry, "answers": [], "raw": entry["text"]}
    said_so = [(label, _word(value)) for label, value in answers(said.kind, said.body or {})]
    return {**entry, "withdrawn": said.body is None, "answers": said_so}


def _word(value: Any) -> str:
    return when_words(value) if isinstance(value, datetime) else str(value)


def _of(what: Any, patient: Patient) -> Select[Any]:
    return select(what).where(what.clinic_id == patient.clinic_id, what.patient_id == patient.id)


def _rows(found: Select[Any]) -> list[dict[str, Any]]:
    rows: Sequence[Base] = db.session.scalars(found).all()
    return [_as_row(row) for row in rows]


def _as_row(row: Base) -> dict[str, Any]:
    return {column.name: getattr(row, column.key) for column in row.__table__.columns if column.name != "clinic_id"}


def _written(value: date | datetime | time) -> str:
    return value.isoformat()
