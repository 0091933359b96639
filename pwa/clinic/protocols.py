"""A clinic's protocols, kept by its manager. A course that was made from one does not change with it."""

from __future__ import annotations

from uuid import UUID

from flask import make_response, redirect, render_template, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from pwa.accounts import audit, writes
from pwa.clinic.desk import blueprint
from pwa.clinic.queries import protocols as ask
from pwa.config import now
from pwa.errors import Problem
from pwa.forms.course import ProtocolForm
from pwa.records import Protocol, db
from pwa.records.base import end_reading
from pwa.sync.ids import new_id

FIELDS = ("name", "route", "drug", "dose", "unit", "place", "minutes", "treatments", "days", "apart", "every")


@blueprint.get("/protocols")
@writes("settings")
def protocols() -> str:
    return render_template("clinic/protocols.html", protocols=ask.all_of(current_user))


@blueprint.route("/protocols/new", methods=["GET", "POST"])
@writes("settings")
def new_protocol() -> Response:
    return _page(Protocol(clinic_id=current_user.clinic_id, id=new_id(now())), is_new=True)


@blueprint.route("/protocols/<uuid:protocol>", methods=["GET", "POST"])
@writes("settings")
def protocol(protocol: UUID) -> Response:
    return _page(_one(protocol))


@blueprint.post("/protocols/<uuid:protocol>/<any(close, open):what>")
@writes("settings")
def close_protocol(protocol: UUID, what: str) -> Response:
    found = _one(protocol)
    end_reading()
    found.closed_at = now() if what == "close" else None
    return _kept(found)


def _page(found: Protocol, is_new: bool = False) -> Response:
    form = ProtocolForm(data={} if is_new else {name: getattr(found, name) for name in FIELDS})
    if form.validate_on_submit():
        end_reading()
        for name in FIELDS:
            setattr(found, name, form.data[name])
        db.session.add(found)
        return _kept(found)
    page = render_template("clinic/protocol.html", form=form, found=None if is_new else found)
    return make_response(page, 422 if form.is_submitted() else 200)


def _one(protocol: UUID) -> Protocol:
    found = ask.one_of(current_user, str(protocol))
    if found is None:
        raise Problem("not-found")
    return found


def _kept(found: Protocol) -> Response:
    audit.wrote(current_user, "protocol", [], [found.id], why="administration")
    db.session.commit()
    return redirect(url_for("clinic.protocols"))
