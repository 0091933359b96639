"""Who answers alerts and when, the rules and their figures, and what came of them: for those who run the clinic."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any

from flask import make_response, redirect, render_template, request, url_for
from flask_login import current_user
from sqlalchemy import delete
from werkzeug.wrappers import Response

from pwa.accounts import audit, writes
from pwa.accounts.proving import proved
from pwa.clinic.cards import tell_phones
from pwa.clinic.desk import blueprint, clinic, today
from pwa.clinic.queries import safety as ask
from pwa.clinic.trail_words import what_changed
from pwa.config import now
from pwa.domain import safety
from pwa.domain.days import at_wall, monday_of, week_of
from pwa.domain.safety.clock import MINUTES
from pwa.domain.safety.tens import LEAST, Number, in_tens
from pwa.forms.safety import CLOCKS, PLACES, SafetyForm
from pwa.records import Responder, SafetySettings, db
from pwa.records.base import begin_writing
from pwa.records.dry_run import dry_run
from pwa.records.responding import house_of

#: what the figures look back on
LATELY = timedelta(weeks=13)
#: what a trial of other rules looks back on, and how many patients, so that it takes a second or two
TRIED, MOST = timedelta(days=30), 100


@blueprint.route("/safety", methods=["GET", "POST"])
@writes("settings", "tallies")
def safety_settings() -> Response:
    """What is only tried is no danger."""
    is_kept = request.method == "POST" and "try" not in request.form
    return _kept() if is_kept else _answered()


@proved
def _kept() -> Response:
    return _answered()


def _answered() -> Response:
    settings, rota = ask.settings(current_user), ask.rota(current_user)
    form = SafetyForm(data=_as_set(settings, rota))
    form.must_be_signed = not clinic().is_demo
    form.must_name = clinic().thoughts_asked
    if settings and settings.signed_by:
        form.as_signed = settings.off, settings.levels, settings.signed
    clinicians = ask.clinicians(current_user)
    form.offer([(one.id, one.name) for one in clinicians])
    form.unreachable = [one.id for one in clinicians if not one.email]
    is_tried = "try" in request.form
    form.must_be_signed &= not is_tried
    is_good = form.validate_on_submit()
    if is_good and not is_tried:
        _keep(form)
        tell_phones(current_user)
        return redirect(url_for("clinic.safety_settings"))
    ticks = {one.data.split("=")[0]: one for one in form.signed}
    page = render_template(
        "clinic/safety.html",
        form=form,
        ticks=ticks,
        settings=settings,
        figures=ask.figures(current_user, until() - LATELY, until()),
        last=until() - timedelta(days=1),
        levels=safety.LEVELS.values(),
        not_signed=[id_ for id_, one in ticks.items() if not one.checked],
        tiers=safety.TIERS,
        places=range(1, PLACES + 1),
        tried=_tried(form) if is_good else None,
        most=MOST,
        least=LEAST,
        longer=timedelta.max,
    )
    audit.read(current_user, "safety", [], _chosen(form) if is_good else [], why="administration")
    return make_response(page, 422 if form.is_submitted() and not is_good else 200)


def _tried(form: SafetyForm) -> list[Number]:
    """What is chosen on the page, over what was written lately; nothing is saved."""
    chosen = replace(house_of(current_user.clinic_id), levels=form.figures(), off=form.off())
    return in_tens(dry_run(chosen, until() - TRIED, until(), MOST))


def until() -> datetime:
    """Whole weeks: what the trail says of a moment must not be read together with what changes here at that moment."""
    return at_wall(monday_of(week_of(today())), time(0), clinic().zone)


def _chosen(form: SafetyForm) -> list[str]:
    """The rules and figures that are tried and stand otherwise."""
    stands = _stands()
    on = [rule.id for rule in safety.OPTIONAL if rule.id not in form.off()]
    return what_changed(stands, {**stands, **_levels(form.figures()), "rules": on})


def _as_set(settings: SafetySettings | None, rota: list[str]) -> dict[str, Any]:
    minutes = {tier: list(usual) for tier, usual in MINUTES.items()} | (settings.minutes if settings else {})
    levels = safety.levels(settings.levels if settings else {})
    off = settings.off if settings else []
    return {
        "days": [str(day) for day in (settings.days if settings else (1, 2, 3, 4, 5))],
        "opens": settings.opens if settings else time(9),
        "closes": settings.closes if settings else time(17),
        "closed": " ".join(settings.closed if settings else []),
        "tells_seen": settings.tells_seen if settings else False,
        "rules": [rule.id for rule in safety.OPTIONAL if rule.id not in off],
        "signed": settings.signed if settings else [],
        **{f"responder_{place}": who for place, who in enumerate(rota[:PLACES], 1)},
        **{f"{tier}_{clock}": n for tier, both in minutes.items() for clock, n in zip(CLOCKS, both, strict=True)},
        **_levels(levels),
    }


def _levels(levels: Mapping[str, float]) -> dict[str, float]:
    """By their names in the form."""
    return {f"level_{id_.replace('-', '_')}": value for id_, value in levels.items()}


def _stands() -> dict[str, Any]:
    """Each setting and figure by its name in the form; of what a rule looks for nothing is anybody's."""
    settings = ask.settings(current_user)
    names = {"signed_by": settings.signed_by if settings else None}
    return _as_set(settings, ask.rota(current_user)) | names


def _keep(form: SafetyForm) -> None:
    begin_writing()
    clinic_id, before = current_user.clinic_id, _stands()
    settings = db.session.get(SafetySettings, clinic_id) or SafetySettings(clinic_id=clinic_id)
    settings.days = [int(day) for day in form.days.data]
    settings.opens, settings.closes = form.opens.data, form.closes.data
    settings.closed = form.closed_days()
    if (form.off(), form.levels()) != (settings.off or [], settings.levels or {}):
        settings.changed_at, settings.judged_to = now(), None
    settings.minutes, settings.levels = form.minutes(), form.levels()
    settings.tells_seen = form.tells_seen.data
    if form.signer() or not form.is_as_signed():
        settings.signed_by, settings.signed_at = form.signer(), now() if form.signer() else None
    settings.off, settings.signed = form.off(), form.signatures()
    db.session.add(settings)
    db.session.execute(delete(Responder).where(Responder.clinic_id == clinic_id))
    rota = enumerate(form.rota(), 1)
    db.session.add_all(Responder(clinic_id=clinic_id, place=place, person_id=who) for place, who in rota)
    db.session.flush()
    audit.wrote(current_user, "safety", [], what_changed(before, _stands()), why="administration")
    db.session.commit()


@blueprint.app_template_filter("with_rule")
def with_rule(choices: Iterable[Any]) -> list[tuple[safety.Rule, Any, bool]]:
    """Each rule, the box that switches it (None: it cannot be), and whether it is on."""
    boxes = {box.data: box for box in choices}
    return [(rule, boxes.get(rule.id), rule.is_always_on or boxes[rule.id].checked) for rule in safety.RULES]
