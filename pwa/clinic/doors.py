"""How long sign-ins last in this clinic."""

from __future__ import annotations

from flask import make_response, redirect, render_template, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from pwa.accounts import audit, writes
from pwa.clinic.desk import blueprint, clinic
from pwa.forms.doors import DoorsForm
from pwa.records import db
from pwa.records.base import end_reading


@blueprint.route("/doors", methods=["GET", "POST"])
@writes("settings")
def doors() -> Response:
    form = DoorsForm(obj=clinic())
    if form.validate_on_submit():
        end_reading()
        form.populate_obj(clinic())
        audit.wrote(current_user, "doors", [], why="administration")
        db.session.commit()
        return redirect(url_for("clinic.doors"))
    page = render_template("clinic/doors.html", form=form)
    return make_response(page, 422 if form.is_submitted() else 200)
