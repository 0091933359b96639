"""A therapist plans visits; the patient's phone shows the next one."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import make_response, redirect, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from pwa.accounts import writes
from pwa.clinic.desk import blueprint, clinic, here
from pwa.clinic.patient import one_of_mine
from pwa.clinic.queries import AnyRow
from pwa.clinic.queries import room as ask
from pwa.clinic.recording import Sentence, one_to_write, send
from pwa.clinic.room import room_page
from pwa.config import now
from pwa.errors import Problem
from pwa.forms.alerts import WordForm
from pwa.forms.reading import BookForm


@blueprint.post("/room/<uuid:patient>/visits")
@writes("appointments")
def book_visit(patient: UUID) -> Response:
    found, form = one_of_mine(patient), BookForm()
    if form.validate_on_submit() and _is_booked(found, form):
        return redirect(url_for("clinic.room_of", patient=found.id))
    return make_response(room_page(found, book=form), 422)


@blueprint.post("/room/<uuid:patient>/visits/<uuid:record>/cancel")
@writes("appointments")
def cancel_visit(patient: UUID, record: UUID) -> Response:
    if not WordForm().validate_on_submit():
        raise Problem("form-expired")
    found = one_of_mine(patient)
    visit = next((one for one in ask.visits(current_user, found, now()) if one.head.record == str(record)), None)
    if visit is None:
        raise Problem("not-found")
    if visit.head.status == "planned":
        heads = [head.version_id for head in (visit.head, *visit.others)]
        body = {**_body("cancelled", visit.head.minutes), "at": here(visit.head.at).isoformat()}
        writer = one_to_write(current_user, found.id)
        send(current_user, writer, [Sentence("visit", str(record), body, here(now()), heads)])
    return redirect(url_for("clinic.room_of", patient=found.id))


def _is_booked(found: AnyRow, form: BookForm) -> bool:
    """One that stands already is not booked again."""
    at, record = form.at(clinic().zone), str(form.record.data)
    if at <= now():
        form.day.errors = [_("This time has passed. Choose a later one.")]
        return False
    if any(one.head.record == record for one in ask.visits(current_user, found, now())):
        return True
    body = {**_body("planned", form.minutes.data), "at": at.isoformat()}
    return send(current_user, one_to_write(current_user, found.id), [Sentence("visit", record, body, at)]).is_kept


def _body(status: str, minutes: Any) -> dict[str, Any]:
    return {"status": status, "minutes": minutes, "therapist": current_user.id}
