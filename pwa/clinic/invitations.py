"""Who is let in: patients by those who see them, members of staff by a manager, each by a code handed over."""

from __future__ import annotations

from uuid import UUID, uuid4

from flask import make_response, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from pwa.accounts import audit, reads, writes
from pwa.accounts.agreeing import who_may_agree
from pwa.accounts.invitations import made_for, withdraw
from pwa.accounts.passwords import person_at
from pwa.accounts.proving import proved
from pwa.clinic.desk import blueprint, today
from pwa.clinic.people import ROLES
from pwa.clinic.queries import invitations as ask
from pwa.clinic.ticket import ticket
from pwa.config import now
from pwa.domain.rights import may_write
from pwa.errors import Problem
from pwa.forms.invitations import AgainForm, InvitedForm, NewMemberForm, NewPatientForm
from pwa.records import CareTeam, Invitation, Patient, Person, db
from pwa.records.base import begin_writing
from pwa.records.people import begin_naming


@blueprint.get("/invitations")
@reads("invitations", "names")
def invitations() -> Response:
    return _list(_again_form())


@blueprint.route("/invitations/patient", methods=["GET", "POST"])
@writes("invitations", "names")
def invite_patient() -> Response:
    form = NewPatientForm()
    form.today = today()
    team = ask.team(current_user)
    form.offer(team)
    if not form.is_submitted() and current_user.role == "clinician":
        form.clinician.data = current_user.id
    if not form.validate_on_submit() or not _is_new(form):
        return _form(form, 422 if form.is_submitted() else 200)
    person = _new_person(form, "patient")
    _add_patient(form, person)
    return _handed_over(person)


@blueprint.route("/invitations/member", methods=["GET", "POST"])
@writes("people")
@proved
def invite_member() -> Response:
    form = NewMemberForm()
    if not form.validate_on_submit() or not _is_new(form):
        return _form(form, 422 if form.is_submitted() else 200)
    return _handed_over(_new_person(form, form.role.data))


@blueprint.post("/invitations/again")
@writes("invitations", "names")
@proved
def invite_again() -> Response:
    """For who lost the way in: the old one ends when the new one is used."""
    form = _again_form()
    person = ask.person(current_user, form.whose.data) if form.validate_on_submit() else None
    if person is None or person.email is None:
        form.whose.errors = [_("Nobody whom you can invite has this code or email.")]
        return _list(form, 422)
    without_mail = "without_mail" in form and form.without_mail.data
    if without_mail and not _somebody_agrees(form, person):
        return _list(form, 422)
    begin_writing()
    return _handed_over(person, without_mail)


@blueprint.post("/invitations/<uuid:invitation>/withdraw")
@writes("invitations")
def withdraw_invitation(invitation: UUID) -> Response:
    found = ask.one_of(current_user, str(invitation))
    if found is None:
        raise Problem("not-found")
    begin_writing()
    withdraw(Invitation.clinic_id == found.clinic_id, Invitation.id == found.id)
    _note(db.session.get_one(Person, (found.clinic_id, found.person_id)), "withdrawn", found.id)
    return redirect(url_for("clinic.invitations"))


def _again_form() -> AgainForm:
    form = AgainForm()
    if not may_write(current_user.role, "people"):
        del form.without_mail
    return form


def _somebody_agrees(form: AgainForm, person: Person) -> bool:
    """Whether somebody else could say that they asked for it."""
    if person.role != "patient":
        form.whose.errors = [_("For a member of staff without mail whoever runs the server makes a link.")]
    elif not who_may_agree(person, current_user):
        form.whose.errors = [
            _(
                "No clinician is on the care team of this patient, so nobody could say that they asked for it. Whoever "
                "runs the server makes a link."
            )
        ]
    return not form.errors


def _list(form: AgainForm, status: int = 200) -> Response:
    rows = ask.open_ones(current_user, now())
    outside = ask.never_in(current_user, now())
    patients = [row.person_id for row in rows if row.role == "patient"] + [one.id for one in outside if one.code]
    audit.read(current_user, "invitations", patients, [row.id for row in rows], why="administration")
    found = {"rows": rows, "waiting_outside": outside, "to_agree": ask.to_agree_to(current_user)}
    return make_response(render_template("clinic/invitations.html", form=form, roles=ROLES, **found), status)


def _form(form: InvitedForm, status: int) -> Response:
    return make_response(render_template("clinic/invite.html", form=form), status)


def _is_new(form: InvitedForm) -> bool:
    begin_naming(current_user.clinic_id)
    if person_at(current_user.clinic_id, str(form.email.data)):
        form.say_taken("email")
    if isinstance(form, NewPatientForm) and ask.is_code_taken(current_user, form.kept_code()):
        form.say_taken("code")
    return not form.errors


def _new_person(form: InvitedForm, role: str) -> Person:
    typed = {"name": form.name.data, "email": form.email.data, "language": form.language.data}
    person = Person(clinic_id=current_user.clinic_id, id=str(uuid4()), role=role, created_at=now(), **typed)
    db.session.add(person)
    db.session.flush()
    return person


def _add_patient(form: NewPatientForm, person: Person) -> None:
    names = ("birth_date", "phone", "may_leave_message")
    typed = {name: form.data[name] for name in names}
    db.session.add(Patient(clinic_id=person.clinic_id, id=person.id, code=form.kept_code(), **typed))
    db.session.flush()
    team = {role: form.data[role] for role in ("clinician", "therapist") if form.data[role]}
    for role, member in team.items():
        who = {"clinic_id": person.clinic_id, "patient_id": person.id, "person_id": member}
        db.session.add(CareTeam(**who, role=role))
    if team:
        audit.wrote(current_user, "team", [person.id], [*team.values()], why="administration")


def _handed_over(person: Person, without_mail: bool = False) -> Response:
    """The sheet, once: the code is nowhere kept."""
    made, code = made_for(person, current_user, without_mail)
    _note(person, "without-mail" if made.opens_at else "invitations", made.id)
    return ticket(person, made, code)


def _note(person: Person, what: str, record: str) -> None:
    patients = [person.id] if person.role == "patient" else []
    records = [record] if patients else [record, person.id]
    audit.wrote(current_user, what, patients, records, why="administration")
    db.session.commit()
