"""All that a patient shares with the reader, one entry at a time."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from flask import Response, jsonify, render_template, request
from flask_login import current_user

from pwa.accounts import audit, hidden_from, reads
from pwa.clinic.desk import blueprint, page_number, pages_for, today
from pwa.clinic.patient import one_of_mine
from pwa.clinic.queries import AnyRow
from pwa.clinic.queries import patient as ask
from pwa.clinic.queries import room as ask_room
from pwa.clinic.receipts import tell_read, wordings
from pwa.clinic.standing import Standing
from pwa.domain.journal import PROMPTS
from pwa.errors import Problem
from pwa.records import JournalEntry

SHELF = 30


@blueprint.get("/patients/<uuid:patient>/journal")
@blueprint.get("/patients/<uuid:patient>/journal/<uuid:record>")
@reads("journal")
def journal(patient: UUID, record: UUID | None = None) -> str:
    found, number = one_of_mine(patient), page_number()
    shelf = ask.journal(current_user, found, SHELF, (number - 1) * SHELF)
    leaf = ask.journal_entry(current_user, found, str(record)) if record else next(iter(shelf), None)
    if leaf is None and (record or number > 1):
        raise Problem("not-found")
    unopened = _unopened(found, shelf) - ({leaf.head.record} if leaf else set())
    shown = {one.head.record for one in [*shelf, *([leaf] if leaf else [])]} - unopened
    begun = ask_room.begun_from([leaf] if leaf else [])
    page = render_template(
        "clinic/journal.html",
        patient=found,
        shelf=shelf,
        leaf=leaf,
        unopened=unopened,
        number=number,
        pages=pages_for(ask.journal_length(current_user, found), SHELF),
        treatments=[one.head for one in ask.treatments(current_user, found)],
        prompts={prompt.id: prompt.text for prompt in PROMPTS},
        offered=[one.head for one in ask_room.offers(current_user, found, today(), begun)],
    )
    audit.read(current_user, "journal", [found.id], shown)
    tell_read(current_user, found, wordings([leaf] if leaf else []))
    return page


@blueprint.get("/patients/<uuid:patient>/shared")
@reads("journal")
def still_shared(patient: UUID) -> Response:
    """Which of the wordings on an open page may still stand there, and which parts are hidden from the reader: asked
    every few seconds, so that what is taken back or hidden goes. It shows nothing, so there is no audit row."""
    found, asked = one_of_mine(patient), request.args.get("versions", "").split()[: 2 * ask_room.ENTRIES]
    hidden = hidden_from(current_user, [found.id]).get(found.id, set())
    return jsonify(shared=ask_room.still_shared(current_user, found, asked), hidden=sorted(hidden))


def _unopened(patient: AnyRow, shelf: Sequence[Standing[JournalEntry]]) -> set[str]:
    """Records of which not a word is shown before they are opened: so to open one is to read it."""
    fresh = ask_room.not_read(current_user, patient, {one.head.version_id for one in shelf})
    return {one.head.record for one in shelf if one.head.version_id in fresh}
