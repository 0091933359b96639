"""The audit trail: every look by staff at patients' data, and every change, by whom, whose, what and why."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import insert

from pwa.config import now
from pwa.records import AuditRow, Person, db
from pwa.records.base import end_reading, table_of

ROW = insert(table_of(AuditRow))


def read(user: Person, what: str, patients: Iterable[str], records: Iterable[str] = (), why: str = "care") -> None:
    """Kept before the page is sent; commits."""
    end_reading()
    _keep(user, "read", what, patients, records, why)
    db.session.commit()


def wrote(user: Person, what: str, patients: Iterable[str], records: Iterable[str] = (), why: str = "care") -> None:
    """Kept in the same transaction as the change. The caller commits."""
    _keep(user, "write", what, patients, records, why)


def _keep(user: Person, action: str, what: str, patients: Iterable[str], records: Iterable[str], why: str) -> None:
    row = {
        "clinic_id": user.clinic_id,
        "at": now(),
        "person_id": user.id,
        "role": user.role,
        "action": action,
        "what": what,
        "patients": sorted(set(patients)),
        "records": sorted(set(records)),
        "why": why,
    }
    db.session.execute(ROW, row)
