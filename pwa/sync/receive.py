"""The one door for versions: stored first, judged second, never thrown away."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import insert, select

from pwa.forms.kinds import Writer
from pwa.forms.wrong import Error, Wrong
from pwa.records import Clash, Patient, Person, Version, db
from pwa.sync.envelope import Statement, read
from pwa.sync.judging import judge
from pwa.sync.keeping import WRITING_FAILS, Arrival, in_hundreds, keep
from pwa.sync.keys import unsealer


@dataclass(frozen=True, slots=True)
class Receipt:
    id: str
    #: stored, known, parked or clash
    outcome: str
    errors: list[Error] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Kept:
    """What stands under an id already; with errors it is parked."""

    text: bytes
    errors: list[Error]


def receive(
    patient: Patient,
    texts: Sequence[str],
    *,
    author: Person,
    device: str | None,
    received_at: datetime | Sequence[datetime],
) -> list[Receipt]:
    """Takes versions of one patient, written by the patient or by staff; one receipt for each text, in order.

    They came at one moment, or each at its own: the demo brings months at once.

    Everything happens in the caller's transaction, which must have begun by `records.begin_writing()` and which the
    caller commits: nothing counts as stored before. The patient's row is locked until then, so that versions are
    numbered in the order of their commits."""
    db.session.refresh(patient, with_for_update=True)
    unseal = unsealer(patient.id)
    stated = [read(text, unseal) for text in texts]
    kept = _kept(patient, {each.id for each in stated})
    moments = [received_at] * len(texts) if isinstance(received_at, datetime) else received_at
    fresh: dict[str, Statement] = {}
    came: dict[str, datetime] = {}
    for each, moment in zip(stated, moments, strict=True):
        if each.id not in kept and each.id not in fresh:
            fresh[each.id], came[each.id] = each, moment
    writer: Writer = "patient" if author.id == patient.id else "clinic"
    for each in fresh.values():
        judge(each, writer, came[each.id])
    _write(patient, list(fresh.values()), author.id, device, came)
    receipts = [_receipt(each, kept.get(each.id) or fresh[each.id]) for each in stated]
    clashing = [each for each, receipt in zip(stated, receipts, strict=True) if receipt.outcome == "clash"]
    _keep_clashes(patient, clashing, author.id, device, moments)
    return receipts


def _kept(patient: Patient, ids: set[str]) -> dict[str, Kept]:
    """Only this patient's: another's ids neither clash nor tell anything."""
    whose = (Version.clinic_id == patient.clinic_id, Version.patient_id == patient.id)
    columns = select(Version.id, Version.text, Version.errors).where(*whose)
    return {
        row.id: Kept(row.text, row.errors or [])
        for some in in_hundreds(ids)
        for row in db.session.execute(columns.where(Version.id.in_(some)))
    }


def _write(
    patient: Patient, fresh: Sequence[Statement], author_id: str, device: str | None, came: Mapping[str, datetime]
) -> None:
    """In bulk; only if that fails one by one, and what fails even then is parked."""
    seq = patient.seq
    arrivals = [Arrival(each, seq + place, author_id, device, came[each.id]) for place, each in enumerate(fresh, 1)]
    if not arrivals:
        return
    patient.seq = seq + len(arrivals)
    db.session.flush()
    try:
        with db.session.begin_nested():
            keep(patient, arrivals)
    except WRITING_FAILS:
        for arrival in arrivals:
            _keep_alone(patient, arrival)


def _keep_alone(patient: Patient, arrival: Arrival) -> None:
    try:
        with db.session.begin_nested():
            keep(patient, [arrival])
    except WRITING_FAILS:
        arrival.stated.errors.append(Wrong("internal").of("version"))
        with db.session.begin_nested():
            keep(patient, [arrival])


def _receipt(stated: Statement, first: Kept | Statement) -> Receipt:
    """`first`: what stands under this id, perhaps this very one. What is parked stays so however often it comes."""
    if stated.text != first.text:
        return Receipt(stated.id, "clash", [Wrong("clash").of("version")])
    if first.errors:
        return Receipt(stated.id, "parked", first.errors)
    return Receipt(stated.id, "stored" if first is stated else "known")


def _keep_clashes(
    patient: Patient, clashing: Iterable[Statement], author_id: str, device: str | None, moments: Sequence[datetime]
) -> None:
    digests = {(each.id, hashlib.sha256(each.text).hexdigest()): each for each in clashing}
    if not digests:
        return
    whose = (Clash.clinic_id == patient.clinic_id, Clash.patient_id == patient.id)
    of_these = Clash.version_id.in_({version_id for version_id, _ in digests})
    there = {tuple(row) for row in db.session.execute(select(Clash.version_id, Clash.digest).where(*whose, of_these))}
    rows: list[dict[str, Any]] = [
        {"version_id": version_id, "digest": digest, "text": each.text}
        for (version_id, digest), each in digests.items()
        if (version_id, digest) not in there
    ]
    whose_rows = {"clinic_id": patient.clinic_id, "patient_id": patient.id, "author_id": author_id}
    if rows:
        came = {**whose_rows, "device_id": device, "received_at": max(moments).astimezone(UTC)}
        db.session.execute(insert(Clash), [{**row, **came} for row in rows])
