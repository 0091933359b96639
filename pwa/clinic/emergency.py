"""A clinician opens a record in an emergency: for some hours, with a reason, and not unseen."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from flask import make_response, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from pwa.accounts import audit, emergencies_of, reads
from pwa.accounts.proving import proved
from pwa.accounts.telling import tell_everywhere
from pwa.accounts.throttle import Tries
from pwa.clinic.desk import blueprint
from pwa.clinic.queries import emergency as ask
from pwa.config import now
from pwa.domain import rights
from pwa.errors import Problem
from pwa.forms.alerts import WordForm
from pwa.forms.emergency import EmergencyForm
from pwa.records import Emergency, Patient, Person, db
from pwa.records.base import begin_writing
from pwa.records.ids import uuid7
from pwa.records.responding import tell_operators

LASTS = timedelta(hours=rights.EMERGENCY_HOURS)


@blueprint.route("/emergency", methods=["GET", "POST"])
@reads("emergency")
@proved
def emergency() -> Response:
    """Of whomever in the clinic; where nothing is closed there is nothing to open."""
    form = EmergencyForm(data={"who": request.args.get("code", "")[:120]})
    if not form.validate_on_submit():
        return _page(form, 422 if form.is_submitted() else 200)
    tries = Tries.at_emergency(current_user.id)
    if wait := tries.take():
        form.ask_to_wait()
        return _page(form, 429, wait)
    found = ask.meant(current_user, str(form.who.data), form.birth_date.data)
    if len(found) != 1:
        audit.read(current_user, "emergency-missed", [], why="emergency")
        form.say_several() if found else form.say_nobody()
        return _page(form, 422)
    tries.forgive()
    db.session.commit()
    open_to(current_user._get_current_object(), found[0].id, str(form.reason.data))
    return redirect(url_for("clinic.patient", patient=found[0].id))


def _page(form: EmergencyForm, status: int, wait: int = 0) -> Response:
    page = render_template("clinic/emergency.html", form=form, hours=rights.EMERGENCY_HOURS)
    return make_response(page, status, {"Retry-After": str(wait)} if wait else {})


@blueprint.post("/emergency/<uuid:emergency>/end")
@reads("emergency")
def end_emergency(emergency: UUID) -> Response:
    if not WordForm().validate_on_submit():
        raise Problem("form-expired")
    begin_writing()
    found = db.session.scalar(emergencies_of(current_user).where(Emergency.id == str(emergency)))
    if found is None:
        raise Problem("not-found")
    end(current_user, found)
    return redirect(url_for("clinic.patients"))


def open_to(person: Person, patient_id: str, reason: str) -> None:
    """Once, however often the button is pressed. Commits."""
    begin_writing()
    db.session.get_one(Patient, (person.clinic_id, patient_id), with_for_update=True)
    if not ask.is_closed(person, patient_id):
        return
    moment = now()
    whose = {"clinic_id": person.clinic_id, "patient_id": patient_id, "person_id": person.id}
    opened = Emergency(**whose, id=uuid7(moment), reason=reason, at=moment, until=moment + LASTS)
    db.session.add(opened)
    _tell(opened, moment)
    audit.wrote(person, "emergency", [patient_id], [opened.id], why="emergency")
    db.session.commit()


def end(person: Person, opened: Emergency) -> None:
    """Commits."""
    opened.until = now()
    audit.wrote(person, "emergency", [opened.patient_id], [opened.id], why="emergency")
    db.session.commit()


def _tell(opened: Emergency, moment: datetime) -> None:
    """The patient, the managers and her care team, at once and without a word of it. A manager can invent a clinician;
    who treats her knows her colleagues."""
    tell_everywhere(db.session.get_one(Person, (opened.clinic_id, opened.patient_id)), "looked", opened.id)
    tell_operators(opened.clinic_id, {opened.id: moment}, "emergency", notice="emergency")
    for one in ask.team_of(opened):
        tell_everywhere(one, "emergency", opened.id, why="emergency-team")
