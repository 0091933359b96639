"""The audit trail: who of the staff looked at or changed what, whose, from where and why."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from flask import g, request

from pwa.accounts.reading import emergencies_of
from pwa.config import now
from pwa.domain import rights
from pwa.records import Emergency, Person, chain, db
from pwa.records.base import end_reading


def read(user: Person, what: str, patients: Iterable[str], records: Iterable[str] = (), why: str = "care") -> None:
    """Kept before the page is sent; commits."""
    patients = set(patients)
    row = _row(user, "read", what, patients, records, _why(user, patients, why))
    end_reading()
    chain.append(row)
    db.session.commit()


def wrote(user: Person, what: str, patients: Iterable[str], records: Iterable[str] = (), why: str = "care") -> None:
    """Kept in the same transaction as the change. The caller commits, and at once: others of the clinic wait."""
    patients = set(patients)
    chain.append(_row(user, "write", what, patients, records, _why(user, patients, why)))


def _why(user: Person, patients: Collection[str], why: str) -> str:
    """What is read while it is open by an emergency is read for that."""
    if why != "care" or user.role != rights.EMERGENCY or not patients:
        return why
    opened = emergencies_of(user).where(Emergency.patient_id.in_(patients)).with_only_columns(Emergency.id)
    return "emergency" if db.session.scalar(opened.limit(1)) else why


def _row(
    user: Person, action: str, what: str, patients: Iterable[str], records: Iterable[str], why: str
) -> dict[str, Any]:
    sign_in = g.get("sign_in") if request else None
    return {
        "clinic_id": user.clinic_id,
        "at": now(),
        "person_id": user.id,
        "role": user.role,
        "action": action,
        "what": what,
        "patients": sorted(set(patients)),
        "records": sorted(set(records)),
        "why": why,
        "address": request.remote_addr if request else None,
        "device": sign_in.device_id if sign_in else None,
    }
