"""All that a patient shares with the reader, one entry at a time."""

from __future__ import annotations

from uuid import UUID

from flask import render_template
from flask_login import current_user

from pwa.accounts import audit, staff
from pwa.clinic.desk import blueprint, page_number, pages_for
from pwa.clinic.patient import one_of_mine
from pwa.clinic.queries import patient as ask
from pwa.clinic.receipts import tell_read, wordings
from pwa.domain.journal import PROMPTS
from pwa.errors import Problem

SHELF = 30


@blueprint.get("/patients/<uuid:patient>/journal")
@blueprint.get("/patients/<uuid:patient>/journal/<uuid:record>")
@staff("clinician", "therapist")
def journal(patient: UUID, record: UUID | None = None) -> str:
    found, number = one_of_mine(patient), page_number()
    shelf = ask.journal(current_user, found, SHELF, (number - 1) * SHELF)
    leaf = ask.journal_entry(current_user, found, str(record)) if record else next(iter(shelf), None)
    if leaf is None and (record or number > 1):
        raise Problem("not-found")
    treatments = {one.head.record: one.head for one in ask.treatments(found)}
    shown = {one.head.record for one in shelf} | ({leaf.head.record} if leaf else set())
    page = render_template(
        "clinic/journal.html",
        patient=found,
        shelf=shelf,
        leaf=leaf,
        number=number,
        pages=pages_for(ask.journal_length(current_user, found), SHELF),
        treatments=treatments,
        prompts={prompt.id: prompt.text for prompt in PROMPTS},
    )
    audit.read(current_user, "journal", [found.id], shown)
    tell_read(current_user, found, wordings([leaf] if leaf else []))
    return page
