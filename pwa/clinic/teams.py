"""Who treats whom is a manager's to say; the patients are told."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from flask import make_response, redirect, render_template, url_for
from flask_login import current_user
from sqlalchemy import select
from werkzeug.wrappers import Response

from pwa.accounts import audit, writes
from pwa.accounts.proving import proved
from pwa.accounts.telling import tell
from pwa.clinic.desk import blueprint
from pwa.clinic.queries import invitations as ask_invitations
from pwa.clinic.queries import teams as ask
from pwa.config import now
from pwa.errors import Problem
from pwa.forms.teams import HandOverForm, TeamForm
from pwa.records import Person, db
from pwa.records.base import begin_writing
from pwa.records.responding import let_go


@blueprint.route("/people/<uuid:person>/team", methods=["GET", "POST"])
@writes("team", "names")
@proved
def team(person: UUID) -> Response:
    """Of one patient."""
    found = ask.patient(current_user, str(person))
    if found is None:
        raise Problem("not-found")
    form = TeamForm()
    form.offer(ask_invitations.team(current_user))
    before = ask.team_of(current_user, str(person))
    if not form.is_submitted():
        for field in (form.clinician, form.therapist):
            field.data = [id_ for id_, role in before.items() if role == field.short_name]
        audit.read(current_user, "team", [str(person)], why="administration")
    if not form.validate_on_submit():
        page = render_template("clinic/team.html", form=form, person=found.Person, code=found.code)
        return make_response(page, 422 if form.is_submitted() else 200)
    begin_writing()
    _changes(str(person), form.chosen())
    return redirect(url_for("clinic.people"))


@blueprint.route("/people/<uuid:person>/hand-over", methods=["GET", "POST"])
@writes("team", "names")
@proved
def hand_over(person: UUID) -> Response:
    """All patients of somebody who leaves, to a colleague of the same role."""
    leaves = ask.treating(current_user, str(person))
    if leaves is None:
        raise Problem("not-found")
    form = HandOverForm()
    form.offer(ask_invitations.team(current_user), leaves.role, leaves.id)
    patients = ask.treated_by(current_user, leaves.id)
    if not form.is_submitted():
        audit.read(current_user, "team", patients, why="administration")
    if not form.validate_on_submit():
        page = render_template("clinic/hand_over.html", form=form, person=leaves, total=len(patients))
        return make_response(page, 422 if form.is_submitted() else 200)
    begin_writing()
    patients = ask.treated_by(current_user, leaves.id)
    ask.add(current_user, patients, {form.to.data: leaves.role})
    _leaves(leaves.id, patients)
    _commit(patients, [str(form.to.data), leaves.id])
    return redirect(url_for("clinic.people"))


def _changes(patient: str, wanted: dict[str, str]) -> None:
    before = ask.team_of(current_user, patient)
    if before == wanted:
        return
    ask.add(current_user, [patient], wanted)
    for member in before.keys() - wanted.keys():
        _leaves(member, [patient])
    _commit([patient], sorted(wanted.keys() ^ before.keys()))


def _leaves(member: str, patients: Sequence[str]) -> None:
    ask.remove(current_user, patients, member)
    let_go(current_user.clinic_id, member, now(), patients)


def _commit(patients: Sequence[str], members: Sequence[str]) -> None:
    """`members`: who came, and who left."""
    theirs = select(Person).where(Person.clinic_id == current_user.clinic_id, Person.id.in_(patients))
    for patient in db.session.scalars(theirs):
        tell(patient, "team")
    audit.wrote(current_user, "team", patients, members, why="administration")
    db.session.commit()
