"""By an invitation: first its code, into an account in use also that of the mail, then a password of one's own.

Whether the mail's is needed is asked until the end: something may have been written since the sheet's was typed."""

from __future__ import annotations

from functools import partial

from flask import g, redirect, request, session, url_for
from werkzeug.wrappers import Response

from pwa.accounts import audit
from pwa.accounts.entrance import blueprint, door, try_to_come_in
from pwa.accounts.home_screen import come_in_by_invitation
from pwa.accounts.invitations import (
    asks_for_mail,
    invitation_with,
    invited_person,
    is_mailed_code,
    mail_code,
    open_invitation,
    still_waits,
    use_up,
)
from pwa.accounts.passwords import hashed, own_words
from pwa.accounts.throttle import Tries
from pwa.forms.invitations import ChooseForm, InvitationForm, MailedForm
from pwa.forms.password import least_of
from pwa.records import Invitation, Person, db
from pwa.records.base import begin_writing, end_reading

#: in the browser's session: the invitation whose code was typed, and the id of one of which that of the mail was too
INVITED, MAILED = "invited", "mailed"


@blueprint.route("/invited", methods=["GET", "POST"])
def invited() -> Response:
    """The link carries its code behind the #, which no server, log or other site is told; a script puts it here."""
    form = InvitationForm()
    if not form.validate_on_submit():
        return door(form, 422 if form.is_submitted() else 200)
    return try_to_come_in(form, Tries.at_invitation(), lambda: _invited_by(form.code.data), partial(_lead_on, form))


@blueprint.route("/invited/mail", methods=["GET", "POST"])
def invited_by_mail() -> Response:
    """The sheet alone does not open an account in use, whoever made it and whoever holds it.

    A password that was chosen before it was so goes along, and is taken once the code is right."""
    found = invitation_here()
    if found is None:
        return redirect(url_for("accounts.invited"))
    if not asks_for_mail_now(found):
        return redirect(url_for("accounts.choose"))
    form = MailedForm()
    if not form.validate_on_submit():
        return door(form, 422 if form.is_submitted() else 200)
    tries = Tries.at_mailed_code(found.person_id)
    return try_to_come_in(form, tries, partial(_invited_too, found, form.code.data), partial(_by_mail, found))


@blueprint.route("/invited/choose", methods=["GET", "POST"])
def choose() -> Response:
    found = invitation_here()
    if found is None:
        return redirect(url_for("accounts.invited"))
    person = invited_person(found)
    form = ChooseForm()
    form.email, form.password.own = str(person.email), own_words(person)
    form.password.least = least_of(person.role)
    if not form.is_submitted() and asks_for_mail_now(found):
        return redirect(url_for("accounts.invited_by_mail", since="choosing", language=person.language))
    if not form.validate_on_submit():
        return door(form, 422 if form.is_submitted() else 200)
    return _take(found, person, hashed(form.password.data))


def invitation_here() -> Invitation | None:
    """The one whose code was typed in this browser, while it is open."""
    key = session.get(INVITED)
    return open_invitation(key) if key else None


def asks_for_mail_now(invitation: Invitation) -> bool:
    """Whether its code is still to be typed in this browser; it is on its way then. Commits if so."""
    if session.get(MAILED) == invitation.id or not asks_for_mail(invitation):
        return False
    end_reading()
    begin_writing()
    mail_code(invitation)
    db.session.commit()
    return True


def _invited_by(code: str) -> Person | None:
    begin_writing()
    g.invitation = invitation_with(code)
    return invited_person(g.invitation) if g.invitation else None


def _invited_too(invitation: Invitation, typed: str) -> Person | None:
    begin_writing()
    return invited_person(invitation) if is_mailed_code(invitation, typed) else None


def _lead_on(form: InvitationForm, person: Person) -> Response:
    found: Invitation = g.invitation
    if still_waits(found):
        db.session.commit()
        form.say_waits()
        return door(form, 403)
    db.session.commit()
    session[INVITED] = [found.clinic_id, found.id]
    on = "accounts.invited_by_mail" if asks_for_mail_now(found) else "accounts.choose"
    return redirect(url_for(on, language=person.language))


def _by_mail(invitation: Invitation, person: Person) -> Response:
    db.session.commit()
    session[MAILED] = invitation.id
    return choose() if "password" in request.form else redirect(url_for("accounts.choose", language=person.language))


def _take(found: Invitation, person: Person, password_hash: str) -> Response:
    begin_writing()
    if invitation_here() and asks_for_mail_now(found):
        return door(MailedForm(), 403)
    if not use_up(found):
        return redirect(url_for("accounts.invited"))
    person.password_hash = password_hash
    patients = [person.id] if person.role == "patient" else []
    audit.wrote(person, "came-in", patients, [found.id], why="coming-in")
    return come_in_by_invitation(person)
