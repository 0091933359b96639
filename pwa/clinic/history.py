"""Who changed what of a treatment, and when: read from its versions, which are never written over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from pwa.clinic.queries import AnyRow
from pwa.clinic.times import day_words, when_words
from pwa.clinic.words import number
from pwa.forms.spoken import Answer, answers
from pwa.records import Person, Version, db, name_then
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
    name = name_then(Person, Version.received_at).label("name")
    versions = select(Version.id, Version.text, Version.received_at, name).join(Person, author)
    found, bodies = [], dict[str, dict[str, str]]()
    for row in db.session.execute(versions.where(*of_record, Version.outcome == "stored").order_by(Version.seq)):
        said = read(as_text(row.text), lambda *_: None)
        words = ((label, _written_out(value)) for label, value in answers("treatment", said.body or {}))
        bodies[row.id] = dict(words)
        before = next((bodies[parent] for parent in said.parents if parent in bodies), {})
        found.append(Change(row.received_at, row.name, differences(before, bodies[row.id])))
    return found[::-1]


def differences(before: Mapping[str, str], since: Mapping[str, str]) -> list[tuple[str, str | None, str | None]]:
    labels = dict.fromkeys([*since, *before])
    return [(name, before.get(name), since.get(name)) for name in labels if before.get(name) != since.get(name)]


def _written_out(value: Answer) -> str:
    if isinstance(value, datetime):
        return when_words(value)
    if isinstance(value, date):
        return day_words(value)
    return value if isinstance(value, str) else number(value)
