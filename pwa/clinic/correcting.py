"""Who somebody is, put right by the clinic; and taken away where somebody was invited who never came in."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import make_response, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import delete, or_
from werkzeug.wrappers import Response

from pwa.accounts import audit, correctable_by, writes
from pwa.accounts.correcting import is_blank
from pwa.accounts.invitations import withdraw
from pwa.accounts.live import came_in_before, is_in_use
from pwa.accounts.passwords import has_address, person_at
from pwa.accounts.proving import proved
from pwa.accounts.telling import tell
from pwa.clinic.desk import blueprint, today
from pwa.clinic.queries import invitations as ask
from pwa.config import now
from pwa.domain.rights import may_write
from pwa.errors import Problem
from pwa.forms.correcting import FindForm, WhichPatientForm, WhoForm
from pwa.records import CareTeam, Invitation, Patient, Person, Responder, db, erasing
from pwa.records.base import begin_writing
from pwa.records.names import forget_names
from pwa.records.people import begin_naming

OF_THE_PATIENT = ("code", "birth_date", "phone", "may_leave_message")


@blueprint.route("/correct", methods=["GET", "POST"])
@writes("names")
def find() -> Response:
    form = FindForm()
    found = _by_code_or_address(str(form.whose.data)) if form.validate_on_submit() else None
    if found is not None:
        return redirect(url_for("clinic.correct", person=found.id))
    if form.is_submitted() and not form.errors:
        form.whose.errors = [_("Nobody whom you can correct has this code or email.")]
    return make_response(render_template("clinic/find.html", form=form), 422 if form.is_submitted() else 200)


@blueprint.route("/people/<uuid:person>/correct", methods=["GET", "POST"])
@writes("names")
@proved
def correct(person: UUID) -> Response:
    found = _person(person)
    patient = db.session.get(Patient, (found.clinic_id, found.id))
    form = _form(found, patient)
    if not form.validate_on_submit() or not _is_free(form, found):
        audit.read(current_user, "people", [found.id] if patient else [], [found.id], why="administration")
        page = render_template("clinic/correct.html", form=form, person=found, may_go=is_blank(found))
        return make_response(page, 422 if form.is_submitted() else 200)
    _put_right(form, found, patient)
    return redirect(_back())


@blueprint.post("/people/<uuid:person>/remove")
@writes("names", "removing")
@proved
def remove(person: UUID) -> Response:
    """Only who never came in, and of whom nothing is written: then code and address are free again."""
    begin_writing()
    found = _person(person)
    if not is_blank(found):
        raise Problem("not-found")
    withdraw(Invitation.clinic_id == found.clinic_id, Invitation.person_id == found.id)
    if found.role == "patient":
        erasing.erase(found.clinic_id, found.id, current_user.id, now())
    else:
        _take_away(found)
    audit.wrote(current_user, "people", [], [found.id, "removed"], why="administration")
    db.session.commit()
    return redirect(url_for("clinic.invitations"))


def _form(found: Person, patient: Patient | None) -> WhoForm:
    kept: dict[str, Any] = {"name": found.name, "email": found.email}
    if patient is None:
        form = WhoForm(data=kept)
    else:
        form = WhichPatientForm(data=kept | {name: getattr(patient, name) for name in OF_THE_PATIENT})
        form.today = today()
    if not may_write(current_user.role, "people") or is_in_use(found):
        del form.email
    return form


def _is_free(form: WhoForm, found: Person) -> bool:
    begin_naming(found.clinic_id)
    if form.email and form.email.data != found.email and person_at(found.clinic_id, str(form.email.data)):
        form.say_taken("email")
    if isinstance(form, WhichPatientForm):
        code = (Patient.clinic_id == found.clinic_id, Patient.code == form.kept_code(), Patient.id != found.id)
        if db.session.scalar(db.select(Patient.id).where(*code)):
            form.say_taken("code")
    return not form.errors


def _put_right(form: WhoForm, found: Person, patient: Patient | None) -> None:
    """The trail says which fields, and not what stands in them. A patient who came in is told."""
    typed = {name: form.data[name] for name in form.data if name in ("name", "email")}
    changed = _set(found, typed)
    if isinstance(form, WhichPatientForm) and patient is not None:
        of_patient = {name: form.data[name] for name in OF_THE_PATIENT} | {"code": form.kept_code()}
        changed += _set(patient, of_patient | {"phone": form.phone.data or None})
    if changed:
        audit.wrote(current_user, "people", [found.id] if patient else [], [found.id, *changed], why="administration")
        if patient is not None and came_in_before(found):
            tell(found, "corrected")
    db.session.commit()


def _set(row: Person | Patient, typed: dict[str, Any]) -> list[str]:
    """The names of what was not so before."""
    changed = [name for name, value in typed.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, typed[name])
    return changed


def _take_away(found: Person) -> None:
    """A member of staff who never came in: of the row an id stays, to which others point."""
    for table in (CareTeam, Responder):
        db.session.execute(delete(table).where(table.clinic_id == found.clinic_id, table.person_id == found.id))
    found.name, found.email = "", None
    found.closed_at = found.erased_at = now()
    forget_names(found)


def _person(person: UUID) -> Person:
    found: Person | None = db.session.scalar(correctable_by(current_user).where(Person.id == str(person)))
    if found is None:
        raise Problem("not-found")
    return found


def _by_code_or_address(whose: str) -> Person | None:
    found = correctable_by(current_user).outerjoin(Patient, ask.AS_PATIENT)
    return db.session.scalar(found.where(or_(Patient.code == whose.upper(), has_address(whose))))


def _back() -> str:
    return url_for("clinic.people") if may_write(current_user.role, "people") else url_for("clinic.invitations")
