"""Somebody was invited again who is still signed in here: did they ask for it? If not, they stop it with one press."""

from __future__ import annotations

from flask import make_response, redirect, render_template, request, url_for
from flask_login import current_user, login_required
from werkzeug.wrappers import Response

from pwa.accounts import audit
from pwa.accounts.entrance import blueprint
from pwa.accounts.invitations import open_for, withdraw
from pwa.accounts.way import onward
from pwa.config import now
from pwa.forms.accounts import OwnedForm
from pwa.records import Invitation, Person, db
from pwa.records.base import begin_writing
from pwa.records.responding import tell_operators


@blueprint.route("/account/invitation", methods=["GET", "POST"])
@login_required
def was_it_you() -> Response:
    person: Person = current_user._get_current_object()
    form = OwnedForm()
    if form.validate_on_submit():
        begin_writing()
    found = open_for(person)
    if found is None:
        return redirect(onward(person, request.args.get("next")))
    if not form.is_submitted() or form.errors:
        page = render_template("accounts/owned.html", form=form, found=found, start=url_for("accounts.account"))
        return make_response(page, 422 if form.is_submitted() else 200)
    _answered(person, found, is_theirs=form.answer.data == "yes")
    return redirect(onward(person, request.args.get("next")))


def _answered(person: Person, found: Invitation, is_theirs: bool) -> None:
    """The managers hear of it when nobody asked: somebody at the clinic made it."""
    if is_theirs:
        found.owned_at = now()
    else:
        withdraw(Invitation.clinic_id == found.clinic_id, Invitation.id == found.id)
        tell_operators(person.clinic_id, {found.id: now()}, "refused")
    patients = [person.id] if person.role == "patient" else []
    audit.wrote(person, "invitations", patients, [found.id], why="own-account")
    db.session.commit()
