"""Beside what was shared: a therapist's own notes, and what is raised to the clinic."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import make_response, redirect, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from pwa.accounts import audit, writes
from pwa.clinic.desk import blueprint
from pwa.clinic.patient import one_of_mine
from pwa.clinic.queries import patient as ask
from pwa.clinic.recording import one_to_write
from pwa.clinic.room import room_page
from pwa.clinic.standing import Standing
from pwa.config import now
from pwa.domain.quotes import chosen
from pwa.forms.reading import NoteForm, RaiseForm
from pwa.records import Annotation, JournalEntry, Patient, db
from pwa.records.raising import raise_by_hand


@blueprint.post("/room/<uuid:patient>/notes")
@writes("own-notes")
def annotate(patient: UUID) -> Response:
    """For the therapist alone. About an entry, or words of it, only while they are shared."""
    found, form = one_of_mine(patient), NoteForm()
    if not form.validate_on_submit():
        return make_response(room_page(found, note=form), 422)
    entry = ask.journal_entry(current_user, found, form.about.data) if form.about.data else None
    one_to_write(current_user, found.id)
    id_ = str(form.record.data)
    if db.session.get(Annotation, (found.clinic_id, id_)) is None:
        whose = {"clinic_id": found.clinic_id, "patient_id": found.id, "person_id": current_user.id}
        db.session.add(Annotation(**whose, id=id_, **_about(entry, form), text=form.text.data, at=now()))
        audit.wrote(current_user, "note", [found.id], [id_])
    db.session.commit()
    return _back(found.id)


def _about(entry: Standing[JournalEntry] | None, form: NoteForm) -> dict[str, Any]:
    if entry is None:
        return {}
    wording = next((one for one in (entry.head, *entry.others) if one.version_id == form.version.data), None)
    quote = chosen(wording.text, *form.edges()) if wording else None
    words = {"quote": quote.words, "begins": quote.begins} if quote else {}
    return {"record": entry.head.record, **words}


@blueprint.post("/room/<uuid:patient>/raise")
@writes("alerts", "room")
def raise_to_the_clinic(patient: UUID) -> Response:
    found, form = one_of_mine(patient), RaiseForm()
    if not form.validate_on_submit():
        return make_response(room_page(found, raising=form), 422)
    one_to_write(current_user, found.id)
    db.session.get_one(Patient, (found.clinic_id, found.id), with_for_update=True)
    told = {"tier": form.tier.data, "note": form.note.data, "record": form.record.data}
    alert = raise_by_hand(found.clinic_id, found.id, current_user.id, moment=now(), **told)
    audit.wrote(current_user, "alert", [found.id], [alert])
    db.session.commit()
    return _back(found.id)


def _back(patient: str) -> Response:
    return redirect(url_for("clinic.room_of", patient=patient, show=request.args.get("show")))
