"""By an invitation: first its code, then a password of one's own, and one is in."""

from __future__ import annotations

from flask import g, redirect, session, url_for
from werkzeug.wrappers import Response

from pwa.accounts import audit
from pwa.accounts.entrance import blueprint, door, try_to_come_in
from pwa.accounts.home_screen import come_in_by_invitation
from pwa.accounts.invitations import invitation_with, invited_person, open_invitation, use_up
from pwa.accounts.passwords import hashed
from pwa.accounts.throttle import Tries
from pwa.forms.invitations import ChooseForm, InvitationForm
from pwa.forms.password import least_of
from pwa.records import Invitation, Person, db
from pwa.records.base import begin_writing

#: in the browser's session: which invitation its code opened
INVITED = "invited"


@blueprint.route("/invited", methods=["GET", "POST"])
def invited() -> Response:
    """The link carries its code behind the #, which no server, log or other site is told; a script puts it here."""
    form = InvitationForm()
    if not form.validate_on_submit():
        return door(form, 422 if form.is_submitted() else 200)
    return try_to_come_in(form, Tries.at_invitation(), lambda: _invited_by(form.code.data), _lead_on)


@blueprint.route("/invited/choose", methods=["GET", "POST"])
def choose() -> Response:
    found = invitation_here()
    if found is None:
        return redirect(url_for("accounts.invited"))
    person = invited_person(found)
    form = ChooseForm()
    form.email, form.password.own = str(person.email), (person.name, *str(person.email).split("@"))
    form.password.least = least_of(person.role)
    if not form.validate_on_submit():
        return door(form, 422 if form.is_submitted() else 200)
    return _take(found, person, hashed(form.password.data))


def invitation_here() -> Invitation | None:
    """The one whose code was typed in this browser, while it is open."""
    key = session.get(INVITED)
    return open_invitation(key) if key else None


def _invited_by(code: str) -> Person | None:
    begin_writing()
    g.invitation = invitation_with(code)
    return invited_person(g.invitation) if g.invitation else None


def _lead_on(person: Person) -> Response:
    db.session.commit()
    session[INVITED] = [person.clinic_id, g.invitation.id]
    return redirect(url_for("accounts.choose", language=person.language))


def _take(found: Invitation, person: Person, password_hash: str) -> Response:
    begin_writing()
    if not use_up(found):
        return redirect(url_for("accounts.invited"))
    person.password_hash = password_hash
    patients = [person.id] if person.role == "patient" else []
    audit.wrote(person, "invitations", patients, [found.id], why="coming-in")
    return come_in_by_invitation(person)
