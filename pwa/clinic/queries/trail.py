"""Rows of the clinic's audit trail, newest first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, String, cast, func, or_, select
from sqlalchemy.orm import aliased

from pwa.accounts import people_of, trail_of
from pwa.accounts.called import callers, naming
from pwa.clinic.queries import AnyRow, by_name
from pwa.clinic.queries.emergency import MOST
from pwa.forms.fields import ID
from pwa.records import AuditChain, AuditRow, EarlierName, Patient, Person, db
from pwa.records.typed import HUNDREDS

PER_PAGE = 50


@dataclass(frozen=True)
class Wanted:
    #: from then on, and before then
    first: datetime
    last: datetime
    #: id of a member of staff, also of what the operator did in their name; or the role of rows that are of none
    person: str | None
    action: str | None
    what: str | None
    why: str | None
    #: id of a patient; "": of one whom nobody knows
    patient: str | None = None
    #: "": from anywhere
    network: str = ""


def count(user: Person, wanted: Wanted) -> int:
    return db.session.scalar(trail_of(user).where(*_those(wanted)).with_only_columns(func.count())) or 0


def listed(user: Person, wanted: Wanted, number: int | None = None) -> Sequence[AnyRow]:
    """A page of them, or all, with who did it and the hash of the row before; that of the first stands nowhere else."""
    before = aliased(AuditRow)
    is_before = (before.clinic_id == AuditRow.clinic_id) & (before.number == AuditRow.number - 1)
    is_first = (AuditChain.clinic_id == AuditRow.clinic_id) & (AuditChain.cut == AuditRow.number - 1)
    hash_before = func.coalesce(before.hash, AuditChain.cut_hash).label("before")
    rows = (
        trail_of(user)
        .where(*_those(wanted))
        .outerjoin(Person, (Person.clinic_id == AuditRow.clinic_id) & (Person.id == AuditRow.person_id))
        .outerjoin(before, is_before)
        .outerjoin(AuditChain, is_first)
        .with_only_columns(AuditRow, *naming(Person, AuditRow.at), hash_before)
        .order_by(AuditRow.number.desc())
    )
    if number is not None:
        rows = rows.limit(PER_PAGE).offset((number - 1) * PER_PAGE)
    return db.session.execute(rows).all()


def renamed(user: Person, first: datetime, last: datetime) -> Sequence[AnyRow]:
    """Of the staff, within this time: until when, how they were called before, and since; the newest first."""
    whose = (EarlierName.clinic_id == Person.clinic_id) & (EarlierName.person_id == Person.id)
    found = people_of(user).join(EarlierName, whose).where(EarlierName.until.between(first, last))
    named = found.with_only_columns(
        EarlierName.until, EarlierName.name.label("before"), *naming(Person, EarlierName.until)
    )
    return db.session.execute(named.order_by(EarlierName.until.desc()).limit(MOST)).all()


def names(user: Person) -> dict[str, str]:
    """Of the staff, by id and in order, as they are called today."""
    staff = people_of(user).where(Person.role != "patient")
    columns = (Person.id, *naming(Person, user.created_at.max))
    called = callers()
    return {one.id: called(one) for one in by_name(db.session.execute(staff.with_only_columns(*columns)))}


def codes(user: Person, ids: Iterable[str]) -> dict[str, str]:
    """The patients' codes by their ids."""
    ordered = sorted(set(ids))
    found: dict[str, str] = {}
    for start in range(0, len(ordered), HUNDREDS):
        some = Patient.clinic_id == user.clinic_id, Patient.id.in_(ordered[start : start + HUNDREDS])
        found |= {row.id: row.code for row in db.session.execute(select(Patient.id, Patient.code).where(*some))}
    return found


def patient_with(user: Person, code: str) -> str:
    """Their id; "" if nobody has this code. Of somebody erased the id alone is left, and is typed itself."""
    if ID.fullmatch(code.lower()):
        return code.lower()
    its = Patient.clinic_id == user.clinic_id, func.upper(Patient.code) == code.upper()
    return db.session.scalar(select(Patient.id).where(*its)) or ""


def _those(wanted: Wanted) -> list[ColumnElement[bool]]:
    those = [AuditRow.at >= wanted.first, AuditRow.at < wanted.last]
    for column in ("action", "what", "why"):
        if chosen := getattr(wanted, column):
            those.append(getattr(AuditRow, column) == chosen)
    if wanted.person:
        those.append(or_(AuditRow.person_id == wanted.person, AuditRow.role == wanted.person))
    if wanted.network:
        those.append(AuditRow.address == wanted.network)
    if wanted.patient is not None:
        those.append(cast(AuditRow.patients, String).contains(f'"{wanted.patient}"'))
    return those
