"""A patient takes out everything that is hers, in one file; no page of the clinic does."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, render_template
from flask_login import current_user, login_required
from werkzeug.wrappers import Response as AnyResponse

from pwa.accounts import audit
from pwa.accounts.proving import proved
from pwa.config import now
from pwa.errors import Problem
from pwa.exchange.record import Record, zipped
from pwa.forms.accounts import TokenForm
from pwa.records import Clinic, Patient, Person, db

blueprint = Blueprint("exchange", __name__)


@blueprint.get("/account/record")
@login_required
def record() -> str:
    _only_a_patient()
    return render_template("exchange/take-out.html", form=TokenForm())


@blueprint.post("/account/record")
@login_required
@proved
def take_out() -> AnyResponse:
    _only_a_patient()
    if not TokenForm().validate_on_submit():
        raise Problem("form-expired")
    person: Person = current_user._get_current_object()
    patient = db.session.get_one(Patient, (person.clinic_id, person.id))
    clinic = db.session.get_one(Clinic, person.clinic_id)
    box = zipped(Record(clinic, person, patient, with_own=True))
    audit.read(person, "record", [person.id], why="own-account")
    return _file(box)


def _file(box: bytes) -> Response:
    answer = make_response(box)
    answer.mimetype = "application/zip"
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Content-Disposition"] = f'attachment; filename="tidelog-{now():%Y-%m-%d}.zip"'
    return answer


def _only_a_patient() -> None:
    if current_user.role != "patient":
        raise Problem("not-yours")
