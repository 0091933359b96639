"""Parked versions judged once more."""

from __future__ import annotations

from sqlalchemy import select

from pwa.forms.kinds import Writer
from pwa.records import Patient, Version, db
from pwa.records.base import begin_writing
from pwa.sync.envelope import Unseal, as_text, read
from pwa.sync.judging import judge
from pwa.sync.keeping import WRITING_FAILS, Arrival, earlier, raise_alerts, settle
from pwa.sync.keys import unsealer
from pwa.sync.sentences import Owner


def judge_again() -> tuple[int, int]:
    """How many were taken, how many stay parked. One transaction a patient.

    What is taken gets a new number, so that every phone hears of it whatever its cursor."""
    parked = select(Version.clinic_id, Version.patient_id).where(Version.outcome == "parked").distinct()
    counts = [_of_one(row.clinic_id, row.patient_id) for row in db.session.execute(parked).all()]
    return sum(taken for taken, _ in counts), sum(left for _, left in counts)


def _of_one(clinic_id: str, patient_id: str) -> tuple[int, int]:
    begin_writing()
    patient = db.session.get_one(Patient, (clinic_id, patient_id), with_for_update=True)
    whose = (Version.clinic_id == clinic_id, Version.patient_id == patient_id, Version.outcome == "parked")
    versions = db.session.scalars(select(Version).where(*whose).order_by(Version.seq)).all()
    unseal = unsealer(patient_id)
    taken = sum(_is_taken(patient, version, unseal) for version in versions)
    db.session.commit()
    return taken, len(versions) - taken


def _is_taken(patient: Patient, version: Version, unseal: Unseal) -> bool:
    stated = read(as_text(version.text), unseal)
    if stated.id != version.id:
        return False  # kept under its digest: only its phone can send it under a name
    writer: Writer = "patient" if version.author_id == patient.id else "clinic"
    judge(stated, writer, version.received_at)
    if stated.errors:
        version.errors = stated.errors
        return False
    try:
        with db.session.begin_nested():
            _take(patient, version, Arrival(stated, version.author_id, None, version.received_at))
    except WRITING_FAILS:
        return False
    return True


def _take(patient: Patient, version: Version, arrival: Arrival) -> None:
    stated = arrival.stated
    owner = Owner(patient.clinic_id, patient.id)
    before = earlier(owner, [stated.record or ""])
    patient.seq += 1
    version.seq = patient.seq
    version.outcome, version.errors, version.text = "stored", None, stated.text
    version.record, version.kind, version.parents = stated.record, stated.kind, stated.parents
    db.session.flush()
    settle(owner, [arrival], before)
    raise_alerts(owner, [arrival])
