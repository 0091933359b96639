"""Who comes when: the planned treatments of the next days."""

from __future__ import annotations

from itertools import groupby

from flask import render_template
from flask_login import current_user

from pwa.accounts import audit, staff
from pwa.clinic.desk import blueprint, today
from pwa.clinic.queries import sessions as ask


@blueprint.get("/sessions")
@staff("clinician", "therapist", "front-desk")
def sessions() -> str:
    planned = ask.planned(current_user, today())
    audit.read(current_user, "sessions", [one.id for one in planned])
    return render_template("clinic/sessions.html", days=groupby(planned, key=lambda one: one.day), count=len(planned))
