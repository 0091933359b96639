"""What the clinic's pages ask of the tables; a page asks a fixed number of times, however many patients there are.

A statement in capitals is composed once, and asked with `reader(user)`, `whose(patient)` or both: it fails without."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, Row, Select, and_, bindparam

from pwa.records import Patient, Person

AnyRow: TypeAlias = "Row[*tuple[Any, ...]]"
AnySelect: TypeAlias = "Select[*tuple[Any, ...]]"

#: the person who is the patient
AS_PERSON = (Person.clinic_id == Patient.clinic_id) & (Person.id == Patient.id)
#: who a patient is; all but the code can be hidden
IDENTITY = (
    Patient.clinic_id,
    Patient.id,
    Patient.code,
    Patient.birth_date,
    Patient.phone,
    Patient.may_leave_message,
    Person.name,
    Person.language,
)


def of_one(table: Any) -> ColumnElement[bool]:
    return and_(table.clinic_id == bindparam("clinic"), table.patient_id == bindparam("patient"))


def by_name(people: Iterable[AnyRow]) -> list[AnyRow]:
    """The database, which holds names encrypted, cannot sort by them."""
    return sorted(people, key=lambda one: (one.name, one.id))


def whose(patient: AnyRow) -> dict[str, Any]:
    return {"clinic": patient.clinic_id, "patient": patient.id}
