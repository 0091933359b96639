"""Who comes when: the planned treatments and visits of the next days."""

from __future__ import annotations

from itertools import groupby

from flask import render_template
from flask_login import current_user

from pwa.accounts import audit, reads
from pwa.clinic.desk import blueprint, today
from pwa.clinic.queries import sessions as ask


@blueprint.get("/sessions")
@reads("appointments", "names")
def sessions() -> str:
    planned, visits = ask.planned(current_user, today()), ask.visits(current_user, today())
    expected = sorted([*planned, *visits], key=lambda one: (one.day, one.at, one.code))
    audit.read(current_user, "sessions", [one.id for one in expected])
    return render_template("clinic/sessions.html", days=groupby(expected, key=lambda one: one.day), count=len(planned))
