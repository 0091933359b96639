"""The audit trail: who of the staff looked at or changed what, whose, from where and why."""

from __future__ import annotations

from collections.abc import Iterable

from flask import g, request

from pwa.config import now
from pwa.records import Person, chain, db
from pwa.records.base import end_reading


def read(user: Person, what: str, patients: Iterable[str], records: Iterable[str] = (), why: str = "care") -> None:
    """Kept before the page is sent; commits."""
    end_reading()
    _keep(user, "read", what, patients, records, why)
    db.session.commit()


def wrote(user: Person, what: str, patients: Iterable[str], records: Iterable[str] = (), why: str = "care") -> None:
    """Kept in the same transaction as the change. The caller commits, and at once: others of the clinic wait."""
    _keep(user, "write", what, patients, records, why)


def _keep(user: Person, action: str, what: str, patients: Iterable[str], records: Iterable[str], why: str) -> None:
    sign_in = g.get("sign_in") if request else None
    chain.append(
        {
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
    )
