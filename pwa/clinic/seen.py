"""A patient hears that the clinic has seen an entry, where the clinic wishes it: the phone pulls it like all else."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from pwa.accounts import this_sign_in
from pwa.clinic.desk import clinic, here
from pwa.config import now
from pwa.domain.heads import heads
from pwa.records import Alert, AlertCause, AlertEvent, Patient, Person, SafetySettings, Version, db
from pwa.sync.envelope import as_text, read, written
from pwa.sync.ids import new_id
from pwa.sync.receive import receive


def tell_seen(user: Person, alert: Alert, moment: datetime) -> None:
    """Of every entry that raised it. In the caller's transaction."""
    settings = db.session.get(SafetySettings, alert.clinic_id)
    if settings is None or not settings.tells_seen:
        return
    its = (AlertCause.clinic_id == alert.clinic_id, AlertCause.alert_id == alert.id, AlertCause.version_id != "")
    records = sorted(set(db.session.scalars(select(AlertCause.record).where(*its))))
    at, standing = here(moment).isoformat(timespec="seconds"), _standing(alert, records)
    bodies = [{"entry": record, "at": at, "versions": standing[record]} for record in records]
    _send(user, alert, [(new_id(moment), body, ()) for body in bodies], moment)


def untell_seen(user: Person, alert: Alert) -> None:
    """Withdraws what was told of this acknowledgement, and not what another alert told of the same entry."""
    its = (AlertCause.clinic_id == alert.clinic_id, AlertCause.alert_id == alert.id)
    records = set(db.session.scalars(select(AlertCause.record).where(*its)))
    events = (AlertEvent.clinic_id == alert.clinic_id, AlertEvent.alert_id == alert.id)
    last = select(func.max(AlertEvent.at)).where(*events, AlertEvent.what == "acknowledged")
    told = db.session.scalars(
        select(Version).where(
            Version.clinic_id == alert.clinic_id,
            Version.patient_id == alert.patient_id,
            Version.kind == "seen",
        )
    ).all()
    named = {parent for version in told for parent in version.parents}
    at = db.session.scalar(last)
    standing = [one for one in told if one.id not in named and one.received_at == at and _entry(one) in records]
    _send(user, alert, [(version.record, None, (version.id,)) for version in standing], now())


def _standing(alert: Alert, records: Sequence[str]) -> dict[str, list[str]]:
    """Of each record the ids of its heads: what the clinic has of it now."""
    its = (Version.clinic_id == alert.clinic_id, Version.patient_id == alert.patient_id, Version.record.in_(records))
    rows = db.session.execute(
        select(Version.record, Version.id, Version.parents).where(*its, Version.outcome == "stored")
    )
    parents: dict[str, dict[str, list[str]]] = {record: {} for record in records}
    for row in rows:
        parents[row.record][row.id] = row.parents
    return {record: sorted(heads(known)) for record, known in parents.items()}


def _entry(version: Version) -> Any:
    return (read(as_text(version.text), lambda *_: None).body or {}).get("entry")


def _send(user: Person, alert: Alert, said: list[tuple[Any, Any, Any]], moment: datetime) -> None:
    texts = [
        written(
            "seen",
            body,
            id=new_id(moment),
            record=record,
            day=here(moment).date(),
            felt_at=here(moment),
            written_at=here(moment),
            zone=clinic().zone,
            parents=parents,
        )
        for record, body, parents in said
    ]
    if texts:
        patient = db.session.get_one(Patient, (alert.clinic_id, alert.patient_id))
        receive(patient, texts, author=user, device=this_sign_in().device_id, received_at=moment)
