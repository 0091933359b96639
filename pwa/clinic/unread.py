"""A therapist has read an entry: the script says so when it was looked at, or a button, and the patient is told. Or
marks it to be read again, which is the therapist's alone."""

from __future__ import annotations

from uuid import UUID

from flask import redirect, request, url_for
from flask_login import current_user
from sqlalchemy import update
from werkzeug.wrappers import Response

from pwa.accounts import audit, reads
from pwa.clinic.desk import blueprint
from pwa.clinic.patient import one_of_mine
from pwa.clinic.queries import patient as ask
from pwa.clinic.receipts import tell_read, wordings
from pwa.clinic.recording import one_to_write
from pwa.errors import Problem
from pwa.forms.reading import MarkForm
from pwa.records import EntryRead, db


@blueprint.post("/room/<uuid:patient>/entries/<uuid:record>/<any(unread, read):what>")
@reads("journal", "room")
def mark(patient: UUID, record: UUID, what: str) -> Response:
    form = MarkForm()
    if not form.validate_on_submit():
        raise Problem("form-expired")
    found = one_of_mine(patient)
    entry = ask.journal_entry(current_user, found, str(record))
    if entry is None:
        raise Problem("not-found")
    [versions] = wordings([entry]).values()
    if what == "read":
        versions = [version for version in versions if version in form.seen()]
        tell_read(current_user, found, {entry.head.record: versions} if versions else {})
    one_to_write(current_user, found.id)
    its = {"clinic_id": found.clinic_id, "patient_id": found.id, "person_id": current_user.id}
    marked = update(EntryRead).filter_by(**its).where(EntryRead.version_id.in_(versions))
    db.session.execute(marked.values(again=what == "unread"))
    audit.wrote(current_user, "entry-mark", [found.id], [entry.head.record])
    db.session.commit()
    anchor = f"leaf-{entry.head.record}"
    return redirect(url_for("clinic.room_of", patient=found.id, show=request.args.get("show"), _anchor=anchor))
