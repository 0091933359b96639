"""One patient's record, for whoever takes it out: as data (`docs/record.md`), and as a page to read."""

from __future__ import annotations

import io
import json
import zipfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_datetime
from flask import render_template
from flask_babel import get_locale
from sqlalchemy import Select, select

from pwa.config import now
from pwa.domain import codes
from pwa.exchange import sections, words
from pwa.exchange.entries import entries, in_words
from pwa.records import (
    Alert,
    AlertEvent,
    AuditPatient,
    AuditRow,
    Clinic,
    EarlierName,
    Patient,
    Person,
    ReportedEffect,
    db,
)
from pwa.records.base import Base

FORMAT, VERSION = "tidelog-record", 1


@dataclass(frozen=True)
class Record:
    clinic: Clinic
    person: Person
    patient: Patient
    #: with what the patient shares with nobody: for herself alone
    with_own: bool

    @property
    def key(self) -> tuple[str, str]:
        return self.patient.clinic_id, self.patient.id


def zipped(record: Record) -> bytes:
    out, taken = io.BytesIO(), as_data(record)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as box:
        data = json.dumps(taken, ensure_ascii=False, indent=1, default=_written)
        box.writestr("data.json", data.encode("utf-8", "backslashreplace"))  # half a pair of signs, as JSON escapes it
        box.writestr("record.html", _page(record, taken).encode("utf-8", "replace"))
    return out.getvalue()


def as_data(record: Record) -> dict[str, Any]:
    """By what it is; moments and days are still moments and days."""
    by_patient = {name: _rows(_of(what, "patient_id", record)) for name, what in sections.OF_THE_PATIENT.items()}
    by_person = {name: _rows(_of(what, "person_id", record)) for name, what in sections.OF_THE_ACCOUNT.items()}
    taken = {
        "format": FORMAT,
        "version": VERSION,
        "made_at": now(),
        "holds_only_me": record.with_own,
        "fhir": sections.FHIR,
        "clinic": {"name": record.clinic.name, "zone": record.clinic.zone},
        "patient": {**_row(record.person), **_row(record.patient)},
        "entries": entries(*record.key, with_own=record.with_own),
        "codes": _codes(record),
        **by_patient,
        "alert_events": _alert_events(record),
        **by_person,
        "looks": _looks(record),
    }
    return taken | {"people": _people(record, set(_texts(taken)))}


def _page(record: Record, taken: Mapping[str, Any]) -> str:
    zone = ZoneInfo(record.clinic.zone)

    def when(at: datetime) -> str:
        return format_datetime(at, "d MMM y, HH:mm zzz", zone, get_locale())

    lines = [in_words(entry, when) for entry in taken["entries"] if entry["kind"] not in words.OF_THE_HOUSE]
    called = {f"{of}_words": words.said(of) for of in words.WORDS}
    return render_template("exchange/record.html", lines=lines, on=when, **called, **taken)


def _alert_events(record: Record) -> list[dict[str, Any]]:
    hers = select(Alert.id).where(Alert.clinic_id == record.key[0], Alert.patient_id == record.key[1])
    found = select(AlertEvent).where(AlertEvent.clinic_id == record.key[0], AlertEvent.alert_id.in_(hers))
    return _rows(found.order_by(AlertEvent.at))


def _looks(record: Record) -> list[dict[str, Any]]:
    """Who looked and changed, and what she did herself; without the ids of others who stood in the same list."""
    named = (AuditPatient.clinic_id == AuditRow.clinic_id) & (AuditPatient.number == AuditRow.number)
    hers = (AuditPatient.clinic_id == record.key[0], AuditPatient.patient_id == record.key[1])
    found = db.session.scalars(select(AuditRow).join(AuditPatient, named).where(*hers).order_by(AuditRow.number))
    names = ("at", "person_id", "role", "action", "what", "why")
    return [{name: getattr(one, name) for name in names} | {"in_a_list": len(one.patients) > 1} for one in found]


def _people(record: Record, named: set[str]) -> dict[str, dict[str, Any]]:
    """Names and roles by their ids, and what they were called before: of the staff who stand in it, and the patient."""
    here = select(Person).where(Person.clinic_id == record.key[0])
    staff = db.session.scalars(here.where((Person.role != "patient") | (Person.id == record.key[1])))
    found = [one for one in staff if one.id in named]
    earlier = defaultdict(list)
    names = select(EarlierName).where(EarlierName.clinic_id == record.key[0]).order_by(EarlierName.until)
    for one in db.session.scalars(names):
        earlier[one.person_id].append({"name": one.name, "until": one.until})
    return {one.id: {"name": one.name, "role": one.role, "earlier": earlier[one.id]} for one in found}


def _texts(data: Any) -> Iterator[str]:
    """Each text in it, however deep."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, Mapping):
        for one in data.values():
            yield from _texts(one)
    elif isinstance(data, Sequence) and not isinstance(data, bytes):
        for one in data:
            yield from _texts(one)


def _codes(record: Record) -> dict[str, dict[str, Any]]:
    """Of each effect that was named, what other vocabularies call it."""
    effects = db.session.scalars(_of(ReportedEffect, "patient_id", record).with_only_columns(ReportedEffect.effect))
    known = {effect: codes.of(effect) for effect in sorted(set(effects))}
    return {effect: {"snomed": list(one.snomed), "hpo": list(one.hpo)} for effect, one in known.items()}


def _of(what: Any, column: str, record: Record) -> Select[Any]:
    return select(what).where(what.clinic_id == record.key[0], getattr(what, column) == record.key[1])


def _rows(found: Select[Any]) -> list[dict[str, Any]]:
    rows: Sequence[Base] = db.session.scalars(found).all()
    return [_row(row) for row in rows]


def _row(row: Base) -> dict[str, Any]:
    columns = (column for column in row.__table__.columns if column.name not in sections.NEVER)
    return {column.name: getattr(row, column.key) for column in columns}


def _written(value: date | datetime | time) -> str:
    return value.isoformat()
