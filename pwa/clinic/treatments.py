"""Staff say what was given and what is planned. One treatment is one record from its plan to its end."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from flask import make_response, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from pwa.accounts import audit, writes
from pwa.clinic.before import before
from pwa.clinic.desk import blueprint, clinic, here
from pwa.clinic.history import changes
from pwa.clinic.patient import one_to_record
from pwa.clinic.queries import AnyRow
from pwa.clinic.queries import patient as ask
from pwa.clinic.recording import SAME, record_treatment
from pwa.clinic.standing import Standing
from pwa.config import now
from pwa.domain.words import N_
from pwa.errors import Problem
from pwa.forms.clinic import TreatmentPageForm
from pwa.records import Treatment
from pwa.sync.ids import new_id

#: when blood pressure and pulse are taken
PARTS = (("before", N_("Before")), ("peak", N_("At the peak")), ("leaving", N_("Before leaving")))
REMS = (
    "oxygen",
    "sedation_resolved",
    "dissociation_resolved",
    "sedative",
    "stimulant",
    "maoi",
    "serious",
    "form_sent",
)


@blueprint.route("/patients/<uuid:patient>/treatments/new", methods=["GET", "POST"])
@writes("sessions")
def new_treatment(patient: UUID) -> Response:
    found = one_to_record(patient)
    last = next((one.head for one in ask.treatments(current_user, found) if one.head.status == "given"), None)
    usual = {name: getattr(last, name) for name in ("route", "drug", "unit", "place", "minutes")} if last else {}
    return _page(found, None, usual | {"record": new_id(now()), "day": here(now()).date(), "parents": ""}, last)


@blueprint.route("/patients/<uuid:patient>/treatments/<uuid:record>", methods=["GET", "POST"])
@writes("sessions")
def treatment(patient: UUID, record: UUID) -> Response:
    found = one_to_record(patient)
    known = next((one for one in ask.treatments(current_user, found) if one.head.record == str(record)), None)
    if known is None:
        raise Problem("not-found")
    return _page(found, known, _as_typed(known))


def _page(
    found: AnyRow, known: Standing[Treatment] | None, typed: dict[str, Any], last: Treatment | None = None
) -> Response:
    form = TreatmentPageForm(data=typed)
    if form.validate_on_submit():
        at = form.at(clinic().zone)
        if form.fits_its_time(at, now()) and _is_recorded(found, form, at, known):
            return redirect(url_for("clinic.patient", patient=found.id))
    audit.read(current_user, "treatment", [found.id], [known.head.record] if known else [])
    page = render_template(
        "clinic/treatment.html",
        patient=found,
        form=form,
        known=known,
        last=last,
        parts=PARTS,
        rems=REMS if clinic().rems else (),
        changes=changes(found, known.head.record) if known else [],
        before=before(found, known.head.record if known else None),
    )
    return make_response(page, 422 if form.is_submitted() else 200)


def _is_recorded(found: AnyRow, form: TreatmentPageForm, at: datetime, known: Standing[Treatment] | None) -> bool:
    record = known.head.record if known else str(form.record.data)
    parents = (form.parents.data or "").split()
    said = _with_unasked(form.said(clinic().zone), known)
    outcome = record_treatment(current_user, found.id, record, parents, at, said)
    if outcome.changed_meanwhile:
        form.form_errors.append(_("Someone else changed this session meanwhile. Look at it once more, then change it."))
        form.parents.data = " ".join(outcome.heads)
    if outcome.is_twice:
        form.form_errors.append(_("A session at this time, by this route and with this dose is recorded already."))
    form.take_over(outcome.errors)
    return outcome.is_kept


def _with_unasked(said: dict[str, Any], known: Standing[Treatment] | None) -> dict[str, Any]:
    """What was observed and is not asked on this page, as when the clinic left the REMS, stays."""
    before = (known.head.observed if known else None) or {}
    kept = {} if clinic().rems else {name: value for name, value in before.items() if name in REMS}
    observed = {**said.get("observed", {}), **kept}
    return {**said, "observed": observed} if observed else said


def _as_typed(known: Standing[Treatment]) -> dict[str, Any]:
    head = known.head
    at = here(head.at)
    parents = " ".join(one.version_id for one in (head, *known.others))
    return {name: getattr(head, name) for name in (*SAME, "record")} | {
        "day": at.date(),
        "clock": at.time(),
        "ended": here(head.ended).time() if head.ended else None,
        "observed": head.observed or {},
        "parents": parents,
    }
