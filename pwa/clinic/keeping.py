"""How long records are kept, for those who run the clinic: taking one out by right, and erasing what is due."""

from __future__ import annotations

import logging
from uuid import UUID

from flask import make_response, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import func, select
from werkzeug.wrappers import Response

from pwa.accounts import audit, reads, records_of
from pwa.accounts.proving import proved
from pwa.accounts.telling import tell
from pwa.clinic.desk import blueprint, clinic
from pwa.clinic.taken_out import zipped
from pwa.config import now
from pwa.errors import Problem
from pwa.forms.keeping import ExportForm, KeepingForm
from pwa.records import Erasure, Patient, Person, db, erasing, name_then
from pwa.records.base import begin_writing

log = logging.getLogger(__name__)
SHOWN = 50


@blueprint.get("/keeping")
@reads("record")
def keeping() -> Response:
    return _page(KeepingForm(data={"years": clinic().kept_years}, formdata=None), ExportForm(formdata=None))


@blueprint.post("/keeping")
@reads("record", "settings")
@proved
def keep_years() -> Response:
    form = KeepingForm()
    if not form.validate_on_submit():
        return _page(form, ExportForm(formdata=None), 422)
    begin_writing()
    years = [clinic().kept_years, int(form.years.data or 0)]
    clinic().kept_years = years[-1]
    audit.wrote(current_user, "keeping", [], [" → ".join(map(str, years))], why="administration")
    db.session.commit()
    return redirect(url_for("clinic.keeping"))


@blueprint.post("/keeping/export")
@reads("record")
@proved
def export() -> Response:
    form = ExportForm()
    patient = _with_code(str(form.code.data)) if form.validate_on_submit() else None
    if patient is None:
        if not form.errors:
            form.code.errors = [_("Nobody here has this code.")]
        return _page(KeepingForm(data={"years": clinic().kept_years}, formdata=None), form, 422)
    person = db.session.get_one(Person, (patient.clinic_id, patient.id))
    box = zipped(patient, person)
    tell(person, "taken-out")
    audit.read(current_user, "record", [patient.id], why=str(form.why.data))
    answer = make_response(box)
    answer.mimetype = "application/zip"
    answer.headers["Content-Disposition"] = f'attachment; filename="record-{now():%Y-%m-%d}.zip"'
    return answer


@blueprint.post("/keeping/<uuid:patient>/erase")
@reads("record", "settings")
@proved
def erase(patient: UUID) -> Response:
    """Only of those who are due, whatever the address says."""
    begin_writing()
    if str(patient) not in {one.id for one in erasing.due(clinic(), now())}:
        raise Problem("not-found")
    erase_one(current_user, str(patient))
    return redirect(url_for("clinic.keeping"))


def erase_one(by: Person, patient_id: str, by_operator: bool = False) -> dict[str, int]:
    """How many rows of which table; with its row in the audit trail. Commits."""
    counts = erasing.erase(by.clinic_id, patient_id, by.id, now())
    if by_operator:
        audit.by_operator("write", "erasure", by.clinic_id, [patient_id], asked_by=by)
    else:
        audit.wrote(by, "erasure", [patient_id], why="administration")
    db.session.commit()
    log.warning("erased patient %s of clinic %s", patient_id, by.clinic_id)  # outlives a restore: `erase --again`
    return counts


def _with_code(code: str) -> Patient | None:
    found = records_of(current_user).where(func.upper(Patient.code) == code.strip().upper())
    return db.session.scalar(found)


def _page(form: KeepingForm, export: ExportForm, status: int = 200) -> Response:
    due = erasing.due(clinic(), now())[:SHOWN]
    done = select(Erasure, name_then(Person, Erasure.at).label("name")).outerjoin(
        Person, (Person.clinic_id == Erasure.clinic_id) & (Person.id == Erasure.by)
    )
    theirs = done.where(Erasure.clinic_id == current_user.clinic_id).order_by(Erasure.at.desc()).limit(SHOWN)
    rows = db.session.execute(theirs).all()
    audit.read(current_user, "keeping", [one.id for one in due], why="administration")
    page = render_template("clinic/keeping.html", form=form, export=export, due=due, done=rows)
    return make_response(page, status)
