"""A page that is not theirs, and that a member of staff asked for, leaves a row: which kind of page, and whose."""

from __future__ import annotations

from typing import Any

from flask import request
from sqlalchemy import false, or_, select

from pwa.accounts import audit
from pwa.accounts.throttle import Tries
from pwa.errors import Problem
from pwa.records import Alert, Emergency, Invitation, Patient, Person, db

REFUSALS = ("not-found", "not-yours")
#: what else an address names, and whose it is
OF_A_PATIENT: tuple[tuple[str, Any, Any], ...] = (
    ("alert", Alert, Alert.patient_id),
    ("emergency", Emergency, Emergency.patient_id),
    ("invitation", Invitation, Invitation.person_id),
)


def note_refused(user: Person, problem: Problem) -> None:
    """The route, never the address: no id of what does not exist, or is another clinic's. What was begun is undone."""
    if problem.code not in REFUSALS or user.role == "patient":
        return
    db.session.rollback()
    tries = Tries.at_refusal(user.id)
    if tries.take():
        return
    rule = request.url_rule.rule if request.url_rule else ""
    audit.refused(user, rule, _whose(user), problem.code)


def _whose(user: Person) -> list[str]:
    """The patients of the clinic whom the address names, or of whom what it names is."""
    asked = request.view_args or {}
    whose = [Patient.id == str(asked[name]) for name in ("patient", "person") if name in asked]
    for name, table, of in OF_A_PATIENT:
        if name in asked:
            its = (table.clinic_id == user.clinic_id, table.id == str(asked[name]))
            whose.append(Patient.id.in_(select(of).where(*its)))
    here = select(Patient.id).where(Patient.clinic_id == user.clinic_id, or_(false(), *whose))
    return list(db.session.scalars(here)) if whose else []
