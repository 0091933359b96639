"""A patient's record was opened in an emergency, or a copy was made and no mail could say so: Today leads there until
they have said that they saw it."""

from __future__ import annotations

from functools import partial

from flask import make_response, redirect, render_template, request
from flask_login import current_user, login_required
from sqlalchemy import ColumnElement, exists, select, update
from werkzeug.wrappers import Response

from pwa.accounts.called import ROLES, as_words, besides, clinic_zone, naming
from pwa.accounts.entrance import blueprint
from pwa.accounts.way import onward
from pwa.config import now
from pwa.forms.accounts import SeenForm
from pwa.records import Emergency, Notice, Person, db
from pwa.records.base import begin_writing
from pwa.records.notices import IN_VAIN, SEEN


@blueprint.route("/account/emergency", methods=["GET", "POST"])
@login_required
def opened() -> Response:
    person: Person = current_user._get_current_object()
    unseen = (Emergency.clinic_id == person.clinic_id, Emergency.patient_id == person.id, Emergency.seen_at.is_(None))
    untold = copies_untold(person)
    form = SeenForm()
    if form.validate_on_submit():
        begin_writing()
        shown = update(Emergency).where(*unseen, Emergency.id <= form.newest.data)
        db.session.execute(shown.values(seen_at=now()))
        shown = update(Notice).where(*untold, Notice.id <= form.newest.data)
        db.session.execute(shown.values(state="off", failure=SEEN))
        db.session.commit()
    who = (Person.clinic_id == Emergency.clinic_id) & (Person.id == Emergency.person_id)
    found = select(Emergency, *naming(Person, Emergency.at)).join(Person, who).where(*unseen)
    rows = db.session.execute(found.order_by(Emergency.id.desc())).all()
    copies = db.session.scalars(select(Notice).where(*untold).order_by(Notice.id.desc())).all()
    if not rows and not copies:
        return redirect(onward(person, request.args.get("next")))
    form.newest.data = max((*(row.Emergency.id for row in rows), *(one.id for one in copies)))
    when = partial(as_words, zone=clinic_zone())
    words = {"roles": ROLES, "when": when, "beside": besides()}
    page = render_template("accounts/opened.html", form=form, emergencies=rows, copies=copies, **words)
    return make_response(page, 422 if form.errors else 200)


def copies_untold(person: Person) -> tuple[ColumnElement[bool], ...]:
    """Which notices say of a copy of their record that no mail did."""
    theirs = (Notice.clinic_id == person.clinic_id, Notice.person_id == person.id, Notice.what == "taken-out")
    return *theirs, Notice.state.in_(IN_VAIN), Notice.failure.is_distinct_from(SEEN)


def is_untold(person: Person) -> bool:
    return bool(db.session.scalar(select(exists().where(*copies_untold(person)))))
