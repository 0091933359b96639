"""A clinician gives a patient a course from a protocol: it and its planned treatments come to the phone at once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any
from uuid import UUID

from flask import make_response, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import select
from werkzeug.wrappers import Response

from pwa.accounts import audit, writes
from pwa.clinic.desk import blueprint, clinic, here
from pwa.clinic.patient import one_to_record
from pwa.clinic.queries import AnyRow
from pwa.clinic.queries import patient as ask
from pwa.clinic.queries import protocols as ask_protocols
from pwa.clinic.recording import Outcome, Sentence, body_of, by_record, one_to_write, send
from pwa.config import now
from pwa.domain import protocol as domain
from pwa.domain.days import at_wall
from pwa.forms.course import GiveCourseForm, RhythmForm
from pwa.records import Course, Patient, Protocol, Treatment, db
from pwa.sync.ids import new_id


@blueprint.route("/patients/<uuid:patient>/course", methods=["GET", "POST"])
@writes("sessions")
def give_course(patient: UUID) -> Response:
    found = one_to_record(patient)
    protocols = [one for one in ask_protocols.all_of(current_user) if one.closed_at is None]
    form = _to_give(protocols)
    if form.validate_on_submit() and _is_given(found, form, protocols):
        return redirect(url_for("clinic.patient", patient=found.id))
    page = _page(found, protocols, form, RhythmForm(formdata=None))
    return make_response(page, 422 if form.is_submitted() else 200)


@blueprint.post("/patients/<uuid:patient>/course/rhythm")
@writes("sessions")
def give_rhythm(patient: UUID) -> Response:
    """To a maintenance that has none, so that it goes on."""
    found, rhythm = one_to_record(patient), RhythmForm()
    if rhythm.validate_on_submit():
        _goes_on(found, rhythm.days())
        return redirect(url_for("clinic.patient", patient=found.id))
    protocols = [one for one in ask_protocols.all_of(current_user) if one.closed_at is None]
    return make_response(_page(found, protocols, _to_give(protocols, formdata=None), rhythm), 422)


def _to_give(protocols: list[Protocol], **typed: Any) -> GiveCourseForm:
    form = GiveCourseForm(data={"record": new_id(now()), "phase": "induction", "day": here(now()).date()}, **typed)
    form.offer((one.id, one.name) for one in protocols)
    return form


def _page(found: AnyRow, protocols: list[Protocol], form: GiveCourseForm, rhythm: RhythmForm) -> str:
    audit.read(current_user, "course", [found.id])
    heads = [one.head for one in ask.treatments(current_user, found)]
    return render_template(
        "clinic/course.html",
        patient=found,
        form=form,
        protocols=protocols,
        course=ask.course(current_user, found),
        rhythm=rhythm,
        ahead=[head for head in heads if head.status == "planned" and head.at > now()],
    )


def _is_given(found: AnyRow, form: GiveCourseForm, protocols: list[Protocol]) -> bool:
    protocol = next(one for one in protocols if one.id == form.protocol.data)
    phase, (first, clock) = str(form.phase.data), form.begins()
    moments = [at_wall(day, clock, clinic().zone) for day in days_of(protocol, phase, first)]
    if moments[0] <= now():
        form.day.errors = [_("This time has passed. Choose a later one.")]
        return False
    outcome = give(found.id, protocol, phase, moments, str(form.record.data), cancel=form.cancel.data)
    form.form_errors += [error["code"] for error in outcome.errors]
    return outcome.is_kept


def days_of(protocol: Protocol, phase: str, first: date) -> list[date]:
    workdays = protocol.place == "clinic"
    rhythm = domain.Rhythm(protocol.treatments, protocol.days, protocol.apart, protocol.every, workdays)
    return (domain.induction if phase == "induction" else domain.maintenance)(rhythm, first)


def give(
    patient_id: str, protocol: Protocol, phase: str, moments: list[datetime], record: str, *, cancel: bool
) -> Outcome:
    """`record`: of the course; one that stands already is not given again."""
    patient = one_to_write(current_user, patient_id)
    whose = (Course.clinic_id == patient.clinic_id, Course.patient_id == patient.id)
    if db.session.scalars(select(Course).where(*whose, Course.record == record)).first():
        return Outcome(True)
    course = course_body(protocol, phase, moments[0].date())
    sentences = [Sentence("course", record, course, here(now()))]
    sentences += _cancelled(patient) if cancel else ()
    for body, at in zip(plans(protocol, phase, moments), moments, strict=True):
        sentences.append(Sentence("treatment", new_id(now()), body, at))
    return send(current_user, patient, sentences)


def _goes_on(found: AnyRow, every: int) -> None:
    patient, course = one_to_write(current_user, found.id), ask.course(current_user, found)
    if course is None or course.phase != "maintenance" or course.every:
        return
    whose = (Course.clinic_id == patient.clinic_id, Course.patient_id == patient.id, Course.record == course.record)
    heads = db.session.scalars(select(Course.version_id).where(*whose)).all()
    body = {"phase": course.phase, "route": course.route, "every": every, "started": course.started.isoformat()}
    send(current_user, patient, [Sentence("course", course.record, body, here(now()), heads)])


def course_body(protocol: Protocol, phase: str, started: date) -> dict[str, Any]:
    counted = {"planned": protocol.treatments} if phase == "induction" else {"every": protocol.every}
    return {"phase": phase, "route": protocol.route, **counted, "started": started.isoformat()}


def plans(protocol: Protocol, phase: str, moments: list[datetime]) -> Iterator[dict[str, Any]]:
    """The bodies of the planned treatments; those of an induction are counted."""
    usual = {name: getattr(protocol, name) for name in ("minutes", "route", "drug", "dose", "unit", "place")}
    for number, at in enumerate(moments, 1):
        counted = {"number": number, "of": len(moments)} if phase == "induction" else {}
        yield {"status": "planned", "at": at.isoformat(), **usual, **counted}


def _cancelled(patient: Patient) -> list[Sentence]:
    """Everything that is planned from now on, with all its heads."""
    whose = (Treatment.clinic_id == patient.clinic_id, Treatment.patient_id == patient.id)
    heads = db.session.scalars(select(Treatment).where(*whose, Treatment.at > now()))
    return [
        Sentence("treatment", record, _off(of_record), here(of_record[0].at), [one.version_id for one in of_record])
        for record, of_record in by_record(heads).items()
        if all(head.status == "planned" for head in of_record)
    ]


def _off(heads: list[Treatment]) -> dict[str, Any]:
    return {**body_of(heads[0]), "status": "cancelled"}
