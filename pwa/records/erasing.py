"""A patient is erased when the law no longer asks to keep the record. The audit trail, without content, stays."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Row, Table, delete, select, update

from pwa.records.addresses import AddressChange
from pwa.records.agreements import Agreement
from pwa.records.alerts import Alert, AlertEvent
from pwa.records.base import changed, db, table_of
from pwa.records.doors import Authenticator, Invitation, Passkey, RecoveryCode
from pwa.records.erasures import Erasure
from pwa.records.ids import uuid7
from pwa.records.lasting import lasting_hash, lasting_hashes
from pwa.records.notices import Notice, PushSubscription
from pwa.records.people import Clinic, Patient, Person, SignIn, SignInCode
from pwa.records.trail import AuditPatient
from pwa.records.written import written

#: so that no leap year makes a record go a day early
YEAR = timedelta(days=366)
ACCOUNT = tuple(
    map(
        table_of,
        (
            *(Notice, PushSubscription, SignInCode, Invitation, Authenticator, RecoveryCode, Passkey, Agreement),
            AddressChange,
        ),
    )
)


def due(clinic: Clinic, moment: datetime) -> Sequence[Row[str, str]]:
    """Id and code of those of whom nothing came and nothing was written for as long as the clinic keeps records."""
    before = moment - clinic.kept_years * YEAR
    later = written(Patient.clinic_id, Patient.id, before)
    who = (Person.clinic_id == Patient.clinic_id) & (Person.id == Patient.id)
    old = (Patient.clinic_id == clinic.id, Person.created_at < before, ~later)
    found = select(Patient.id, Patient.code).join(Person, who).where(*old)
    return db.session.execute(found.order_by(Patient.code)).all()


def erase(clinic_id: str, patient_id: str, by: str, moment: datetime) -> dict[str, int]:
    """How many rows of which table went. Of the person stays an id without a name, to which the audit trail points, and
    the hashes by which a phone that comes back is told. The caller began by `begin_writing()`, and commits."""
    patient = db.session.get_one(Patient, (clinic_id, patient_id), with_for_update=True)
    code = lasting_hash(_of_code(clinic_id, patient.code))
    db.session.expunge(patient)
    counts: dict[str, int] = {}
    for table in reversed(db.metadata.sorted_tables):
        if (which := _which(table, patient_id)) is not None:
            gone = changed(delete(table).where(table.c.clinic_id == clinic_id, which))
            counts |= {table.name: gone} if gone else {}
    _empty(clinic_id, patient_id, moment)
    db.session.add(Erasure(clinic_id=clinic_id, id=uuid7(moment), code_hash=code, at=moment, by=by, counts=counts))
    db.session.flush()
    return counts


def erased(clinic_id: str, code: str) -> datetime | None:
    """When the record under this code was erased; the last time if more had it; None: none was."""
    hashes = lasting_hashes(_of_code(clinic_id, code))
    its = (Erasure.clinic_id == clinic_id, Erasure.code_hash.in_(hashes))
    at: datetime | None = db.session.scalar(select(Erasure.at).where(*its).order_by(Erasure.at.desc()).limit(1))
    return at


def _of_code(clinic_id: str, code: str) -> str:
    return f"{clinic_id}:{code}"


def _which(table: Table, patient_id: str) -> ColumnElement[bool] | None:
    if table is table_of(AuditPatient):
        return None
    if table is table_of(Patient):
        return table.c.id == patient_id
    if table is table_of(AlertEvent):
        return table.c.alert_id.in_(select(Alert.id).where(Alert.patient_id == patient_id))
    if table in ACCOUNT:
        return table.c.person_id == patient_id
    return table.c.patient_id == patient_id if "patient_id" in table.c else None


def _empty(clinic_id: str, patient_id: str, moment: datetime) -> None:
    person = db.session.get_one(Person, (clinic_id, patient_id))
    person.name, person.email, person.password_hash = "", None, None
    person.closed_at = person.erased_at = moment
    theirs = (SignIn.clinic_id == clinic_id, SignIn.person_id == patient_id)
    db.session.execute(update(SignIn).where(*theirs).values(browser="", revoked_at=moment))
