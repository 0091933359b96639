"""Every version of every entry, as it was sent, and in words."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select

from pwa.domain.heads import heads
from pwa.exchange.sections import FHIR_OF_KIND
from pwa.forms.spoken import answers
from pwa.records import Clash, JournalEntry, SafetyPlan, Version, db

#: what a patient can keep to themselves: without it only what is shared now is taken out, as it stands now
OWN = ("journal", "safety-plan", "aside")


def entries(clinic_id: str, patient_id: str, with_own: bool) -> list[dict[str, Any]]:
    """In the order in which they came. `said` is None where it is the patient's own to take out."""
    hers = (Version.clinic_id == clinic_id, Version.patient_id == patient_id)
    found = db.session.scalars(select(Version).where(*hers).order_by(Version.seq)).all()
    shared, standing = _shared(clinic_id, patient_id), _standing(found)
    told = [
        {
            **{name: getattr(one, name) for name in ("id", "record", "kind", "parents", "outcome", "errors")},
            "received_at": one.received_at,
            "by": one.author_id,
            "device": one.device_id,
            "fhir": FHIR_OF_KIND.get(one.kind or ""),
            "stands": one.id in standing,
            "said": _said(one) if with_own or _is_open(one, shared) else None,
        }
        for one in found
    ]
    return told + (_clashes(clinic_id, patient_id) if with_own else [])


def in_words(entry: Mapping[str, Any], when: Callable[[datetime], str]) -> dict[str, Any]:
    """For reading: what was answered; what the service could not take, as it was sent."""
    said = entry["said"]
    if not isinstance(said, dict):
        return {**entry, "answers": [], "raw": said}
    told = [(label, _word(value, when)) for label, value in answers(entry["kind"], said["body"] or {})]
    return {**entry, "withdrawn": said["body"] is None, "answers": told}


def _word(value: Any, when: Callable[[datetime], str]) -> str:
    return when(value) if isinstance(value, datetime) else str(value)


def _is_open(version: Version, shared: set[str]) -> bool:
    return version.id in shared or (version.kind is not None and version.kind not in OWN)


def _shared(clinic_id: str, patient_id: str) -> set[str]:
    """Ids of what a patient shares now of what they could keep to themselves."""
    shared: set[str] = set()
    for what in (JournalEntry, SafetyPlan):
        hers = (what.clinic_id == clinic_id, what.patient_id == patient_id, what.audience != "me")
        shared |= set(db.session.scalars(select(what.version_id).where(*hers)))
    return shared


def _standing(versions: Iterable[Version]) -> set[str]:
    """Those that no later one of their record took the place of."""
    records: dict[tuple[str | None, str | None], dict[str, list[str]]] = defaultdict(dict)
    for one in versions:
        records[one.kind, one.record][one.id] = one.parents
    return {id_ for parents in records.values() for id_ in heads(parents)}


def _clashes(clinic_id: str, patient_id: str) -> list[dict[str, Any]]:
    """A text that came under an id which another had: nobody's pages show it, and it is hers."""
    hers = (Clash.clinic_id == clinic_id, Clash.patient_id == patient_id)
    found: Sequence[Clash] = db.session.scalars(select(Clash).where(*hers).order_by(Clash.received_at)).all()
    beside: dict[str, Any] = {
        "record": None,
        "kind": None,
        "parents": [],
        "outcome": "clash",
        "errors": None,
        "fhir": None,
    }
    return [
        {"id": one.version_id, **beside, "received_at": one.received_at, "by": one.author_id, "device": one.device_id}
        | {"stands": False, "said": _text(one.text)}
        for one in found
    ]


def _said(version: Version) -> Any:
    """What was judged as JSON; what was not, as the text that it is, since it may be anything."""
    text = _text(version.text)
    return json.loads(text) if version.outcome == "stored" else text


def _text(kept: bytes) -> str:
    """Half a pair of signs, which no file can hold, becomes a question mark."""
    return kept.decode("utf-8", "replace")
