"""A therapist offers a prompt or a practice for the next days; it stands on the patient's Today."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from flask import make_response, redirect, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from pwa.accounts import writes
from pwa.clinic.desk import blueprint, here, today
from pwa.clinic.patient import one_of_mine
from pwa.clinic.queries import room as ask
from pwa.clinic.recording import Sentence, one_to_write, send
from pwa.clinic.room import room_page
from pwa.config import now
from pwa.errors import Problem
from pwa.forms.alerts import WordForm
from pwa.forms.reading import OfferPageForm

#: an offer that ended so long ago stands on no phone, in whatever zone it is
OVER = timedelta(days=2)


@blueprint.post("/room/<uuid:patient>/offers")
@writes("goals")
def offer(patient: UUID) -> Response:
    found, form = one_of_mine(patient), OfferPageForm()
    if not form.validate_on_submit():
        return make_response(room_page(found, offering=form), 422)
    record = str(form.record.data)
    if ask.offer(current_user, found, record) is None:
        until = today() + timedelta(days=form.for_days() - 1)
        body: dict[str, Any] = {**form.said(), "until": until.isoformat()}
        send(current_user, one_to_write(current_user, found.id), [Sentence("offer", record, body, here(now()))])
    return redirect(url_for("clinic.room_of", patient=found.id))


@blueprint.post("/room/<uuid:patient>/offers/<uuid:record>/end")
@writes("goals")
def end_offer(patient: UUID, record: UUID) -> Response:
    """Its words stay: an entry that began from it keeps them over itself."""
    if not WordForm().validate_on_submit():
        raise Problem("form-expired")
    found = one_of_mine(patient)
    known = ask.offer(current_user, found, str(record))
    if known is None:
        raise Problem("not-found")
    heads = [head.version_id for head in (known.head, *known.others)]
    said = {"offer": known.head.offer, "line": known.head.line, "until": (today() - OVER).isoformat()}
    body = {name: value for name, value in said.items() if value}
    writer = one_to_write(current_user, found.id)
    send(current_user, writer, [Sentence("offer", str(record), body, here(now()), heads)])
    return redirect(url_for("clinic.room_of", patient=found.id))
