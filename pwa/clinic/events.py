"""How a clinician judges an effect, beside what the patient said of it; and what the clinic heard another way."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from flask import make_response, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from pwa.accounts import audit, writes
from pwa.clinic.desk import blueprint, here, locale, today
from pwa.clinic.editions import kept
from pwa.clinic.event_words import after_words, changes
from pwa.clinic.patient import one_to_record
from pwa.clinic.queries import AnyRow
from pwa.clinic.queries import effects as ask_effects
from pwa.clinic.queries import noted as ask
from pwa.clinic.queries import patient as ask_patient
from pwa.clinic.queries.register import given
from pwa.clinic.words import effect_label
from pwa.config import now
from pwa.domain.effects import CATALOGUE, OWN
from pwa.domain.events import event_of
from pwa.errors import Problem
from pwa.forms.fields import ID
from pwa.forms.noted import EventForm, GradeForm
from pwa.records import AdverseEvent
from pwa.sync.ids import new_id

#: what one edition says and the next goes on from
SAYS = ("grade", "serious", "causality", "action", "outcome", "began", "ended", "note", "is_mistake")
HEARD = ("effect", "words", "told", "heard", "about")


@blueprint.route("/patients/<uuid:patient>/events/new", methods=["GET", "POST"])
@writes("events")
def new_event(patient: UUID) -> Response:
    """`?of=<treatment or report>:<effect>` judges what was reported; without, it is what the clinic was told."""
    found, (about, effect) = one_to_record(patient), _asked_for()
    if not effect:
        form = EventForm(data={"record": new_id(now()), "edition": 0, "began": today(), "heard": today()})
        return _page(found, form, "", [], [])
    said = ask.said(current_user, found, about, effect)
    if not said:
        raise Problem("not-found")
    event = event_of(about, effect)
    known = ask.editions(current_user, found, event)
    if known and not request.form:
        return redirect(url_for("clinic.event", patient=found.id, event=event))
    usual = {"record": event, "edition": 0, "began": _began(found, about, said), "causality": "possible"}
    return _page(found, GradeForm(data=usual), event, said, known)


@blueprint.route("/patients/<uuid:patient>/events/<uuid:event>", methods=["GET", "POST"])
@writes("events")
def event(patient: UUID, event: UUID) -> Response:
    found = one_to_record(patient)
    editions = ask.editions(current_user, found, str(event))
    if not editions:
        raise Problem("not-found")
    last = editions[-1][0]
    is_reported = last.told == "app"
    asked = (*SAYS, "edition") if is_reported else (*SAYS, *HEARD, "edition")
    typed = {name: getattr(last, name) for name in asked} | {"record": last.id}
    form = GradeForm(data=typed) if is_reported else EventForm(data=typed)
    said = ask.said(current_user, found, last.about, last.effect) if is_reported else []
    return _page(found, form, last.id, said, editions)


def _asked_for() -> tuple[str, str]:
    about, _, effect = request.args.get("of", "").partition(":")
    if effect and not ID.fullmatch(about):
        raise Problem("not-found")
    return about, effect


def _page(found: AnyRow, form: GradeForm, event: str, said: Sequence[AnyRow], editions: Sequence[AnyRow]) -> Response:
    """`said`: what the patient reported of it."""
    form.today, form.heard_on = today(), _heard(said, editions)
    if isinstance(form, EventForm):
        form.offer(_effects(), _sessions(found))
    if form.validate_on_submit():
        id_ = event or str(form.record.data)
        if kept(AdverseEvent, found.id, id_, form, {**form.judged(), **_of_what(form, said, editions)}):
            return redirect(url_for("clinic.patient", patient=found.id, _anchor="events"))
    audit.read(current_user, "adverse-event", [found.id], [event] if event else [])
    page = render_template(
        "clinic/event.html",
        patient=found,
        form=form,
        said=said,
        known=editions[-1][0] if editions else None,
        changes=changes(editions, given(current_user, [row[0] for row in editions])),
    )
    return make_response(page, 422 if form.is_submitted() else 200)


def _of_what(form: GradeForm, said: Sequence[AnyRow], editions: Sequence[AnyRow]) -> dict[str, Any]:
    """What its first edition says of what was reported stays, also when the patient takes that back."""
    if isinstance(form, EventForm):
        own = dict(_effects()).get(form.effect.data or "") if OWN.fullmatch(form.effect.data or "") else None
        return {"words": own} if own and not form.words.data else {}
    if editions:
        return {name: getattr(editions[-1][0], name) for name in HEARD}
    about, effect = _asked_for()
    return {"about": about, "told": "app", "heard": form.heard_on, "effect": effect, "words": said[0][1].words}


def _sessions(found: AnyRow) -> list[tuple[str, str]]:
    """The latest first."""
    heads = [one.head for one in ask_patient.treatments(current_user, found)]
    return [(one.record, after_words(one)) for one in heads if one.status == "given"]


def _began(found: AnyRow, about: str, said: Sequence[AnyRow]) -> date:
    treated = (one.head.day for one in ask_patient.treatments(current_user, found) if one.head.record == about)
    day: date = next(treated, said[0][0].day)
    return day


def _heard(said: Sequence[AnyRow], editions: Sequence[AnyRow]) -> date:
    """When the first word of it arrived."""
    if editions:
        known: date = editions[0][0].heard
        return known
    return min((here(report.received_at).date() for report, _ in said), default=today())


def _effects() -> list[tuple[str, str]]:
    own = ask_effects.own_words(current_user, locale())
    return [*((one.id, effect_label(one.id)) for one in CATALOGUE), *sorted(own.items(), key=lambda one: one[1])]
