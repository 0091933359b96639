"""The audit trail: every look by staff at patients' data, and every change, by whom, whose, what and why."""

from __future__ import annotations

from collections.abc import Iterable

from pwa.config import now
from pwa.records import AuditRow, Person, db
from pwa.records.base import end_reading


def read(user: Person, what: str, patients: Iterable[str], records: Iterable[str] = (), why: str = "care") -> None:
    """Kept before the page is sent; commits."""
    end_reading()
    db.session.add(_row(user, "read", what, patients, records, why))
    db.session.commit()


def wrote(user: Person, what: str, patients: Iterable[str], records: Iterable[str] = (), why: str = "care") -> None:
    """Kept in the same transaction as the change. The caller commits."""
    db.session.add(_row(user, "write", what, patients, records, why))


def _row(user: Person, action: str, what: str, patients: Iterable[str], records: Iterable[str], why: str) -> AuditRow:
    return AuditRow(
        clinic_id=user.clinic_id,
        at=now(),
        person_id=user.id,
        role=user.role,
        action=action,
        what=what,
        patients=sorted(set(patients)),
        records=sorted(set(records)),
        why=why,
    )
