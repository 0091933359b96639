"""Who changed what of a treatment, and when: read from its versions, which are never written over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select
from wtforms import Field, Form

from pwa.clinic.queries import AnyRow
from pwa.clinic.times import day_words, when_words
from pwa.clinic.words import number
from pwa.forms.groups import Group
from pwa.forms.treatment import TreatmentForm
from pwa.records import Person, Version, db
from pwa.sync.envelope import as_text, read


@dataclass(frozen=True)
class Change:
    at: datetime
    #: name
    by: str
    #: label, what it said before (None: nothing), what it says since (None: nothing)
    lines: list[tuple[str, str | None, str | None]]


def changes(patient: AnyRow, record: str) -> list[Change]:
    """The newest first; the first one of all says everything that was entered."""
    author = (Person.clinic_id == Version.clinic_id) & (Person.id == Version.author_id)
    of_record = (Version.clinic_id == patient.clinic_id, Version.patient_id == patient.id, Version.record == record)
    versions = select(Version.id, Version.text, Version.received_at, Person.name).join(Person, author)
    found, bodies = [], dict[str, dict[str, str]]()
    for row in db.session.execute(versions.where(*of_record, Version.outcome == "stored").order_by(Version.seq)):
        said = read(as_text(row.text), lambda *_: None)
        bodies[row.id] = _spoken(TreatmentForm(), said.body or {})
        before = next((bodies[parent] for parent in said.parents if parent in bodies), {})
        found.append(Change(row.received_at, row.name, _differences(before, bodies[row.id])))
    return found[::-1]


def _differences(before: Mapping[str, str], since: Mapping[str, str]) -> list[tuple[str, str | None, str | None]]:
    labels = dict.fromkeys([*since, *before])
    return [(name, before.get(name), since.get(name)) for name in labels if before.get(name) != since.get(name)]


def _spoken(form: Form, body: Mapping[str, Any]) -> dict[str, str]:
    """Label → answer in words, in the order of the form."""
    words: dict[str, str] = {}
    for field in form:
        value = body.get(field.name)
        if isinstance(field, Group):
            words |= _spoken(field.inner, value or {})
        elif value is not None:
            words[str(field.label.text)] = _said(field, value)
    return words


def _said(field: Field, value: Any) -> str:
    if choices := getattr(field, "choices", None):
        return next((str(choice.label) for choice in choices if choice.value == str(value)), str(value))
    if field.wrong == "moment":
        return when_words(datetime.fromisoformat(value))
    if field.wrong == "day":
        return day_words(date.fromisoformat(value))
    if isinstance(value, bool):
        return str(_("Yes") if value else _("No"))
    return number(value) if isinstance(value, (int, float)) else str(value)
