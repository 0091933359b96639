"""Notes of the care team on one patient. A note that is changed keeps what it said before."""

from __future__ import annotations

from uuid import UUID

from flask import make_response, redirect, render_template, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from pwa.accounts import audit, writes
from pwa.clinic.desk import blueprint, page_number, pages_for
from pwa.clinic.editions import kept
from pwa.clinic.patient import one_of_mine
from pwa.clinic.queries import noted as ask
from pwa.clinic.queries import patient as ask_patient
from pwa.config import now
from pwa.errors import Problem
from pwa.forms.noted import NoteForm
from pwa.records import Note
from pwa.sync.ids import new_id

SHELF = 30


@blueprint.route("/patients/<uuid:patient>/notes", methods=["GET", "POST"])
@writes("notes")
def notes(patient: UUID) -> Response:
    form = NoteForm(data={"record": new_id(now()), "edition": 0})
    if form.validate_on_submit() and kept(Note, str(patient), str(form.record.data), form, {"text": form.text.data}):
        return redirect(_after(patient))
    found, number = one_of_mine(patient), page_number()
    shown = ask.notes(current_user, found, SHELF, (number - 1) * SHELF)
    if not shown and number > 1:
        raise Problem("not-found")
    audit.read(current_user, "notes", [found.id], [one.first.id for one in shown])
    pages = pages_for(ask.notes_length(current_user, found), SHELF)
    page = render_template("clinic/notes.html", patient=found, form=form, notes=shown, number=number, pages=pages)
    return make_response(page, 422 if form.is_submitted() else 200)


@blueprint.route("/patients/<uuid:patient>/notes/<uuid:note>", methods=["GET", "POST"])
@writes("notes")
def note(patient: UUID, note: UUID) -> Response:
    """Only its author changes it."""
    found = one_of_mine(patient)
    known = ask.note(current_user, found, str(note))
    if known is None:
        raise Problem("not-found")
    if known.first.person_id != current_user.id:
        raise Problem("not-yours")
    form = NoteForm(data={"record": known.first.id, "edition": known.last.edition, "text": known.last.text})
    if form.validate_on_submit() and kept(Note, found.id, known.first.id, form, {"text": form.text.data}):
        return redirect(url_for("clinic.patient", patient=found.id, _anchor="notes"))
    audit.read(current_user, "notes", [found.id], [known.first.id])
    page = render_template("clinic/note.html", patient=found, form=form, note=known)
    return make_response(page, 422 if form.is_submitted() else 200)


def _after(patient: UUID) -> str:
    """An emergency may have ended while its note was written: then the list of patients says that it is kept."""
    if ask_patient.identity(current_user, str(patient)) is None:
        return url_for("clinic.patients", noted="yes")
    return url_for("clinic.patient", patient=patient, _anchor="notes")
