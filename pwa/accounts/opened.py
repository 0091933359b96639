"""A patient's record was opened in an emergency: Today leads there until they have said that they saw it."""

from __future__ import annotations

from functools import partial

from flask import make_response, redirect, render_template, request
from flask_login import current_user, login_required
from sqlalchemy import select, update
from werkzeug.wrappers import Response

from pwa.accounts.called import ROLES, as_words, besides, clinic_zone, naming
from pwa.accounts.entrance import blueprint
from pwa.accounts.way import onward
from pwa.config import now
from pwa.forms.accounts import SeenForm
from pwa.records import Emergency, Person, db
from pwa.records.base import begin_writing


@blueprint.route("/account/emergency", methods=["GET", "POST"])
@login_required
def opened() -> Response:
    person: Person = current_user._get_current_object()
    unseen = (Emergency.clinic_id == person.clinic_id, Emergency.patient_id == person.id, Emergency.seen_at.is_(None))
    form = SeenForm()
    if form.validate_on_submit():
        begin_writing()
        shown = update(Emergency).where(*unseen, Emergency.id <= form.newest.data)
        db.session.execute(shown.values(seen_at=now()))
        db.session.commit()
    who = (Person.clinic_id == Emergency.clinic_id) & (Person.id == Emergency.person_id)
    found = select(Emergency, *naming(Person, Emergency.at)).join(Person, who).where(*unseen)
    rows = db.session.execute(found.order_by(Emergency.id.desc())).all()
    if not rows:
        return redirect(onward(person, request.args.get("next")))
    form.newest.data = rows[0].Emergency.id
    when = partial(as_words, zone=clinic_zone())
    words = {"roles": ROLES, "when": when, "beside": besides()}
    page = render_template("accounts/opened.html", form=form, emergencies=rows, **words)
    return make_response(page, 422 if form.errors else 200)
