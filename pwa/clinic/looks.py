"""This week's look at the clinic's own numbers: made when it is first asked for, and kept."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import asdict
from typing import Any

from sqlalchemy import select

from pwa.config import now
from pwa.domain.signals import Change, Given, Look, worth_a_look
from pwa.domain.signals.looking import BEFORE, METHOD, QUARTER
from pwa.records import AfterTreatment, Clinic, FeltAfter, SignalLook, db
from pwa.records.base import begin_writing

#: the windows that are looked at
WINDOWS = ("acute", "next-day")


def look_of(clinic: Clinic, week: int) -> dict[str, Any]:
    """`week`: the running one. As `_written_down` says."""
    key = (clinic.id, week, METHOD)
    kept = db.session.get(SignalLook, key)
    if kept is None:
        found = _written_down(worth_a_look(given(clinic.id, week), week))
        begin_writing()
        db.session.get_one(Clinic, clinic.id, with_for_update=True)  # on PostgreSQL two may have looked at once
        kept = db.session.get(SignalLook, key)
        if kept is None:
            kept = SignalLook(clinic_id=clinic.id, week=week, method=METHOD, made_at=now(), found=found)
            db.session.add(kept)
        db.session.commit()
    return kept.found


def given(clinic_id: str, week: int) -> dict[str, list[Given]]:
    """By window, the treatments of the weeks before that a report tells of."""
    felt: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for row in db.session.execute(_those(FeltAfter, clinic_id, week, FeltAfter.effect)):
        felt[row.window, row.patient_id, row.treatment].add(row.effect)
    told: dict[str, list[Given]] = {window: [] for window in WINDOWS}
    how = [getattr(AfterTreatment, name) for name in ("week", "route", "number", "dose", "place", "lot")]
    for row in db.session.execute(_those(AfterTreatment, clinic_id, week, *how)):
        brought = felt.get((row.window, row.patient_id, row.treatment), ())
        about = (row.week, row.route, row.number, row.dose, row.place, row.lot or None)
        told[row.window].append(Given(row.patient_id, *about, brought))
    return told


def _those(table: Any, clinic_id: str, week: int, *columns: Any) -> Any:
    within = table.week.between(week - QUARTER - BEFORE, week - 1)
    found = select(table.window, table.patient_id, table.treatment, *columns)
    return found.where(table.clinic_id == clinic_id, table.window.in_(WINDOWS), within)


def _written_down(look: Look) -> dict[str, Any]:
    """Counts alone, and nobody's id."""
    return {
        "differences": [asdict(one) for one in look.differences],
        "changes": [_change(one) for one in look.changes],
        "asked": look.asked,
        "charts": look.charts,
    }


def _change(one: Change) -> dict[str, Any]:
    return {
        "effect": one.effect,
        "window": one.window,
        "route": one.route,
        "since": one.since,
        "before": {"of": one.before.of, "events": one.before.events},
        "weeks": [asdict(week) for week in one.weeks],
    }
