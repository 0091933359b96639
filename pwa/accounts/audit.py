"""The audit trail: who of the staff looked at or changed what, whose, from where and why."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from flask import g, request

from pwa.accounts.reading import emergencies_of
from pwa.config import now
from pwa.domain import rights
from pwa.records import Clinic, Emergency, Person, chain, db
from pwa.records.base import end_reading

#: ids of records; by record the id of its patient, where a page shows those of several
Records = Iterable[str] | Mapping[str, str]
#: stands in place of a role in the rows of commands
OPERATOR = "operator"


def read(user: Person, what: str, patients: Iterable[str], records: Records = (), why: str = "care") -> None:
    """Kept before the page is sent; commits."""
    rows = list(_rows(user, "read", what, set(patients), records, why))
    end_reading()
    for row in rows:
        chain.append(row)
    db.session.commit()


def wrote(user: Person, what: str, patients: Iterable[str], records: Records = (), why: str = "care") -> None:
    """Kept in the same transaction as the change. The caller commits, and at once: others of the clinic wait."""
    for row in _rows(user, "write", what, set(patients), records, why):
        chain.append(row)


def _rows(
    user: Person, action: str, what: str, patients: set[str], records: Records, why: str
) -> Iterator[dict[str, Any]]:
    """What is read while it is open by an emergency is read for that, and has a row of its own; the rest was not."""
    opened = _in_emergency(user, patients) if why == "care" else set()
    for some, said in ((patients - opened, why), *(({one}, "emergency") for one in sorted(opened))):
        if some or not opened:
            theirs = [one for one in records if not isinstance(records, Mapping) or records[one] in some]
            yield _row(user, action, what, some, theirs, said)


def _in_emergency(user: Person, patients: Collection[str]) -> set[str]:
    if user.role != rights.EMERGENCY or not patients:
        return set()
    opened = emergencies_of(user).where(Emergency.patient_id.in_(patients))
    return set(db.session.scalars(opened.with_only_columns(Emergency.patient_id)))


def came_in(person: Person, sign_in: str, how: str) -> None:
    """By a sign-in that begins. The caller commits."""
    chain.append(_row(person, "in", "sign-ins", _own(person), [sign_in], how))


def went_out(person: Person, sign_ins: Collection[str], why: str, by: Person | None = None) -> None:
    """Sign-ins of theirs that end, by themselves or by another. The caller commits."""
    if sign_ins:
        chain.append(_row(by or person, "out", "sign-ins", _own(person), sign_ins, why))


def refused(user: Person, route: str, patients: Iterable[str], why: str) -> None:
    """A page that is not theirs: which kind, and whose where it is somebody of the clinic. Commits."""
    row = _row(user, "refused", "page", patients, [route], why)
    end_reading()
    chain.append(row)
    db.session.commit()


def by_operator(
    action: str,
    what: str,
    clinic_id: str,
    patients: Iterable[str] = (),
    records: Iterable[str] = (),
    why: str = "administration",
    asked_by: Person | None = None,
) -> None:
    """What whoever runs the server does by a command, and in whose name where somebody asked. The caller commits."""
    person_id = asked_by.id if asked_by else None
    chain.append(_line(clinic_id, person_id, OPERATOR, action, what, patients, records, why))


def by_operator_everywhere(action: str, what: str) -> None:
    """The same of every clinic of this service. The caller commits."""
    for clinic_id in db.session.scalars(db.select(Clinic.id).order_by(Clinic.id)).all():
        by_operator(action, what, clinic_id)


def _own(person: Person) -> list[str]:
    return [person.id] if person.role == "patient" else []


def _row(
    user: Person, action: str, what: str, patients: Iterable[str], records: Iterable[str], why: str
) -> dict[str, Any]:
    return _line(user.clinic_id, user.id, user.role, action, what, patients, records, why)


def _line(
    clinic_id: str,
    person_id: str | None,
    role: str,
    action: str,
    what: str,
    patients: Iterable[str],
    records: Iterable[str],
    why: str,
) -> dict[str, Any]:
    sign_in = g.get("sign_in") if request else None
    return {
        "clinic_id": clinic_id,
        "at": now(),
        "person_id": person_id,
        "role": role,
        "action": action,
        "what": what,
        "patients": sorted(set(patients)),
        "records": sorted(set(records)),
        "why": why,
        "address": request.remote_addr if request else None,
        "device": sign_in.device_id if sign_in else None,
    }
