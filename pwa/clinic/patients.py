"""The list of one's own patients, and the switch that hides who they are."""

from __future__ import annotations

from flask import redirect, render_template, request, session
from flask_login import current_user
from werkzeug.wrappers import Response

from pwa.accounts import audit, onward, reads
from pwa.accounts.called import callers
from pwa.clinic.desk import HIDDEN, blueprint, first_page, page_number, pages_for, today, typed_code
from pwa.clinic.queries import patients as ask
from pwa.clinic.queries.emergency import lately
from pwa.config import now
from pwa.domain.rights import may_read
from pwa.errors import Problem
from pwa.forms.clinic import NamesForm


@blueprint.route("/", methods=["GET", "POST"])
@reads("desk")
def patients() -> str | Response:
    """All of them, or by POST those who are searched for."""
    if not may_read(current_user.role, "care"):
        return redirect(first_page())
    code, number = typed_code() if request.method == "POST" else "", page_number()
    page = ask.page(current_user, code, number, today(), now())
    if not page.lines and number > 1:
        raise Problem("not-found")
    opened = [] if code or number > 1 else lately(current_user, now())
    shown = [line.patient.id for line in page.lines] + [one.Emergency.patient_id for one in opened]
    audit.read(current_user, "patients", shown)
    found = {"page": page, "opened": opened, "pages": pages_for(page.total, ask.PER_PAGE)}
    found |= {"called": callers()} if opened else {}
    return render_template("clinic/patients.html", number=number, code=code, **found)


@blueprint.post("/names")
@reads("desk")
def show_names() -> Response:
    form = NamesForm()
    if form.validate_on_submit():
        session[HIDDEN] = form.names.data == "hide"
    return redirect(onward(current_user, form.back.data))
