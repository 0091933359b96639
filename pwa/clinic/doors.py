"""How long sign-ins last in this clinic."""

from __future__ import annotations

from flask import make_response, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from pwa.accounts import audit, writes
from pwa.accounts.proving import proved
from pwa.clinic.desk import blueprint, clinic
from pwa.clinic.trail_words import what_changed
from pwa.forms.doors import DoorsForm
from pwa.records import db
from pwa.records.base import end_reading

SET_HERE = ("idle_minutes", "patient_days")


@blueprint.route("/doors", methods=["GET", "POST"])
@writes("settings")
def doors() -> Response:
    return _kept() if request.method == "POST" else _page(DoorsForm(obj=clinic()))


@proved
def _kept() -> Response:
    form = DoorsForm(obj=clinic())
    if form.validate_on_submit():
        end_reading()
        before = {name: getattr(clinic(), name) for name in SET_HERE}
        form.populate_obj(clinic())
        done = what_changed(before, {name: getattr(clinic(), name) for name in SET_HERE})
        audit.wrote(current_user, "doors", [], done, why="administration")
        db.session.commit()
        return redirect(url_for("clinic.doors"))
    return _page(form)


def _page(form: DoorsForm) -> Response:
    page = render_template("clinic/doors.html", form=form)
    return make_response(page, 422 if form.is_submitted() else 200)
