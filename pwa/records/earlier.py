"""What stood in a record before it was updated, as the safety rules read it. The typed rows hold what stands now."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import BindParameter, Row, bindparam, select

from pwa.domain.safety import Entry
from pwa.domain.safety.reading import entry_of, readings_of, spoken_at
from pwa.records.base import db, table_of
from pwa.records.typed import HUNDREDS
from pwa.records.versions import Version

_v = table_of(Version).c
_these: BindParameter[Any] = bindparam("records", expanding=True)
_some: BindParameter[Any] = bindparam("versions", expanding=True)
_whose: BindParameter[Any] = bindparam("patients", expanding=True)
_stored = select(_v.id, _v.record, _v.kind, _v.parents, _v.text, _v.received_at).where(_v.outcome == "stored")
ASK_VERSIONS = _stored.where(_v.clinic_id == bindparam("clinic"), _v.patient_id.in_(_whose), _v.id.in_(_some))
#: whose as expressions: SQLite would read all that they ever wrote rather than seek the records
_by_record = (_v.clinic_id.concat("") == bindparam("clinic"), _v.patient_id.concat("").in_(_whose))
ASK = _stored.where(_v.record.in_(_these), *_by_record)


def said(clinic_id: str, patients: Sequence[str], versions: Collection[str]) -> dict[str, list[Entry]]:
    """What these versions said when they came, as the rules read it, whatever was written over them since."""
    whose, ordered = {"clinic": clinic_id, "patients": patients}, sorted(versions)
    rows = db.session.connection().execute(ASK_VERSIONS, {**whose, "versions": ordered}).all() if ordered else []
    return {row.id: list(_said(row)) for row in rows}


def earlier(clinic_id: str, patient_id: str, records: Collection[str]) -> Sequence[Entry]:
    """By the versions of these records that others name as what they stand on."""
    whose, ordered = {"clinic": clinic_id, "patients": [patient_id]}, sorted(records)
    rows = [
        row
        for start in range(0, len(ordered), HUNDREDS)
        for row in db.session.connection().execute(ASK, {**whose, "records": ordered[start : start + HUNDREDS]})
    ]
    named = {parent for row in rows for parent in row.parents}
    return [entry for row in rows if row.id in named for entry in _said(row)]


def _said(row: Row[*tuple[Any, ...]]) -> Iterator[Entry]:
    """A text was judged good when it was stored, and a newer schema only adds to what an older one says."""
    text = json.loads(row.text)
    body, day = text["body"], date.fromisoformat(text["day"])
    if body is None:
        return
    if row.kind == "treatment":
        if body["status"] == "given":
            at, about = datetime.fromisoformat(body["at"]), (body["minutes"], body.get("observed"), row.parents)
            yield from readings_of(row.record, row.id, day, at, *about)
        return
    at = datetime.fromisoformat(text["felt_at"])
    if row.kind == "effects":
        at = spoken_at(at, datetime.fromisoformat(text["written_at"]), row.received_at, row.parents)
    if entry := entry_of(row.kind, row.record, row.id, day, at, body, row.parents):
        yield entry
