"""One's own address for mail, with which one signs in: a new one counts once a link in a mail to it was used."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from flask import current_app, make_response, redirect, render_template, request, url_for
from flask_babel import force_locale
from flask_login import current_user, login_required
from itsdangerous import BadSignature, URLSafeSerializer
from sqlalchemy import ColumnElement, select
from werkzeug.wrappers import Response

from pwa.accounts import audit
from pwa.accounts.entrance import blueprint
from pwa.accounts.half_way import changes_address, end_changes_of_address
from pwa.accounts.passwords import person_at
from pwa.accounts.proving import proved
from pwa.accounts.telling import tell
from pwa.accounts.throttle import Tries
from pwa.config import now
from pwa.errors import Problem
from pwa.forms.accounts import TokenForm
from pwa.forms.correcting import AddressForm
from pwa.records import AddressChange, Person, db
from pwa.records.base import begin_writing
from pwa.records.notices import Wanted, enqueue
from pwa.records.people import begin_naming

LASTS = timedelta(days=1)


@blueprint.route("/account/address", methods=["GET", "POST"])
@login_required
@proved
def change_address() -> Response:
    """Whether somebody else has the new one is not told: then no link comes, and nothing changes."""
    person: Person = current_user._get_current_object()
    form = AddressForm()
    if not form.validate_on_submit():
        return _page(form, person, 422 if form.is_submitted() else 200)
    tries = Tries.at_asking(person.id)
    if tries.take():
        form.ask_to_wait()
        return _page(form, person, 429)
    begin_writing()
    _ask(person, str(form.email.data))
    db.session.commit()
    return redirect(url_for("accounts.change_address", asked=1))


@blueprint.post("/account/address/stop")
@login_required
def stop_address() -> Response:
    """The link that went out leads nowhere any more."""
    begin_writing()
    end_changes_of_address(*_of(current_user))
    db.session.commit()
    return redirect(url_for("accounts.account"))


@blueprint.route("/address/<token>", methods=["GET", "POST"])
def confirm_address(token: str) -> Response:
    """For whoever holds the mail: they need not be signed in, since who asked had proved who they are."""
    if request.method == "POST":
        begin_writing()
    change = _change_of(token)
    if change is None:
        raise Problem("not-found")
    person = db.session.get_one(Person, (change.clinic_id, change.person_id))
    is_done = request.method == "POST" and TokenForm().validate_on_submit()
    if is_done:
        begin_naming(person.clinic_id)
        _count(person, change)
    with force_locale(person.language):
        page = render_template("accounts/new-address.html", form=TokenForm(), is_done=is_done)
    db.session.commit()
    return make_response(page)


def way_to_confirm(change: AddressChange) -> str:
    return f"/address/{_signer().dumps([change.clinic_id, change.id])}"


def asked_by(person: Person) -> AddressChange | None:
    """What still waits for its link to be used."""
    found: AddressChange | None = db.session.scalar(select(AddressChange).where(*_of(person), changes_address()))
    return found


def _ask(person: Person, email: str) -> None:
    """Both addresses are told, each by the address that the row holds, whatever comes of it meanwhile."""
    end_changes_of_address(*_of(person))
    change = AddressChange(clinic_id=person.clinic_id, person_id=person.id, id=str(uuid4()), email=email)
    change.before, change.asked_at, change.expires_at = str(person.email), now(), now() + LASTS
    db.session.add(change)
    db.session.flush()
    told = ("old-address", "new-address") if person_at(person.clinic_id, email) is None else ("old-address",)
    _tell_at(change, *told)
    audit.wrote(person, "address", [person.id] if person.role == "patient" else [], ["asked"], why="own-account")


def _count(person: Person, change: AddressChange) -> None:
    if person_at(person.clinic_id, change.email) is not None:
        raise Problem("not-found")
    person.email, change.used_at = change.email, now()
    tell(person, "keys")
    _tell_at(change, "old-address", why="address-changed")
    audit.wrote(person, "address", [person.id] if person.role == "patient" else [], ["changed"], why="own-account")


def _of(person: Person) -> tuple[ColumnElement[bool], ...]:
    return AddressChange.clinic_id == person.clinic_id, AddressChange.person_id == person.id


def _tell_at(change: AddressChange, *told: str, why: str = "") -> None:
    """At the addresses that the row holds."""
    whose = (change.clinic_id, change.person_id)
    wanted = [Wanted(*whose, what, change.id, f"{why or what}:{change.id}", "mail", now()) for what in told]
    enqueue(wanted, now())


def _change_of(token: str) -> AddressChange | None:
    try:
        clinic_id, change_id = _signer().loads(token)
    except BadSignature:
        return None
    named = (AddressChange.clinic_id == clinic_id, AddressChange.id == change_id, changes_address())
    whose = (Person.clinic_id == AddressChange.clinic_id) & (Person.id == AddressChange.person_id)
    found = select(AddressChange).join(Person, whose).where(*named, Person.closed_at.is_(None))
    change: AddressChange | None = db.session.scalar(found)
    return change


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="new-address")


def _page(form: AddressForm, person: Person, status: int) -> Response:
    page = render_template("accounts/address.html", form=form, person=person, asked=asked_by(person))
    return make_response(page, status)
