"""Parked versions judged once more."""

from __future__ import annotations

from sqlalchemy import select

from pwa.records import Clash, Patient, Version, db
from pwa.records.base import begin_writing
from pwa.sync.envelope import Unseal, as_text, read
from pwa.sync.judging import judge
from pwa.sync.keeping import WRITING_FAILS, Arrival
from pwa.sync.keys import unsealer
from pwa.sync.opening import is_shut, opens, take_in
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
    owner = Owner(patient.clinic_id, patient.id)
    stated = read(as_text(version.text), unseal)
    if stated.id != version.id:
        return False  # kept under its digest: only its phone can send it under a name
    if is_shut(stated.errors):
        return _came_open(owner, patient, version, unseal)
    arrival = Arrival(stated, version.author_id, None, version.received_at)
    judge(stated, arrival.writer(owner), version.received_at)
    if stated.errors:
        version.errors = stated.errors
        return False
    try:
        with db.session.begin_nested():
            take_in(owner, version, arrival, patient.seq + 1)
    except WRITING_FAILS:
        return False
    patient.seq += 1
    return True


def _came_open(owner: Owner, patient: Patient, version: Version, unseal: Unseal) -> bool:
    """While it stood sealed, the same version may have come open, and was kept as a clash."""
    whose = (Clash.clinic_id == owner.clinic_id, Clash.patient_id == owner.id, Clash.version_id == version.id)
    for text, by, device in db.session.execute(
        select(Clash.text, Clash.author_id, Clash.device_id).where(*whose).order_by(Clash.received_at)
    ).all():
        stated = read(as_text(text), unseal)
        if not is_shut(stated.errors):
            if opens(owner, version, Arrival(stated, by, device, version.received_at), patient.seq + 1):
                patient.seq += 1
                return version.outcome == "stored"
            break
    return False
