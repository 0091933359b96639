"""A therapist marks an entry to be read again. It is theirs alone: the patient was told that it was read."""

from __future__ import annotations

from uuid import UUID

from flask import redirect, request, url_for
from flask_login import current_user
from sqlalchemy import update
from werkzeug.wrappers import Response

from pwa.accounts import audit, staff
from pwa.clinic.desk import blueprint
from pwa.clinic.patient import one_of_mine
from pwa.clinic.queries import patient as ask
from pwa.clinic.recording import one_to_write
from pwa.errors import Problem
from pwa.forms.alerts import WordForm
from pwa.records import EntryRead, db


@blueprint.post("/room/<uuid:patient>/entries/<uuid:record>/<any(unread, read):what>")
@staff("therapist")
def mark(patient: UUID, record: UUID, what: str) -> Response:
    if not WordForm().validate_on_submit():
        raise Problem("form-expired")
    found = one_of_mine(patient)
    entry = ask.journal_entry(current_user, found, str(record))
    if entry is None:
        raise Problem("not-found")
    one_to_write(current_user, found.id)
    its = {"clinic_id": found.clinic_id, "patient_id": found.id, "person_id": current_user.id}
    versions = [head.version_id for head in (entry.head, *entry.others)]
    marked = update(EntryRead).filter_by(**its).where(EntryRead.version_id.in_(versions))
    db.session.execute(marked.values(again=what == "unread"))
    audit.wrote(current_user, "entry-mark", [found.id], [entry.head.record])
    db.session.commit()
    anchor = f"leaf-{entry.head.record}"
    return redirect(url_for("clinic.room_of", patient=found.id, show=request.args.get("show"), _anchor=anchor))
