"""A page that is not theirs, and that a member of staff asked for, leaves a row: which kind of page, and whose."""

from __future__ import annotations

from flask import request
from sqlalchemy import select

from pwa.accounts import audit
from pwa.accounts.throttle import Tries
from pwa.errors import Problem
from pwa.records import Patient, Person, db

REFUSALS = ("not-found", "not-yours")


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
    asked = (request.view_args or {}).get("patient")
    here = (Patient.clinic_id == user.clinic_id, Patient.id == str(asked))
    return list(db.session.scalars(select(Patient.id).where(*here))) if asked else []
