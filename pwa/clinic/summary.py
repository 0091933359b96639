"""The visit summary: one page of paper before a session. Nothing stands on it that the reader could not open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from flask import render_template
from flask_login import current_user

from pwa.accounts import audit, reads
from pwa.clinic.before import before
from pwa.clinic.changed import changes
from pwa.clinic.desk import blueprint, today
from pwa.clinic.marks import highest
from pwa.clinic.matrix import Column
from pwa.clinic.patient import RANGES, one_of_mine, whereabouts
from pwa.clinic.picture import Picture, checks_in, picture_of
from pwa.clinic.queries import alerts as ask_alerts
from pwa.clinic.queries import noted as ask_noted
from pwa.clinic.queries import patient as ask
from pwa.clinic.receipts import tell_read, whole
from pwa.clinic.standing import Standing
from pwa.clinic.timeline import lines
from pwa.config import now
from pwa.domain.due import A_DAY
from pwa.records import CheckIn, Treatment

#: as many as fit on the page
SESSIONS, EFFECTS, EVENTS, NOTES, ALERTS, LOOKS = 6, 3, 3, 2, 2, 3
#: characters of an entry
EXCERPT = 172


@dataclass(frozen=True)
class Session:
    treatment: Treatment
    #: the highest blood pressure of that day; "": none was taken
    pressure: str
    #: effect by name, and what was said of it; the strongest first
    felt: list[tuple[str, Any]]
    #: mood before it, and on the day after; None: no entry
    before: int | None
    after: int | None


@blueprint.get("/patients/<uuid:patient>/summary")
@reads("names", "care")
def summary(patient: UUID) -> str:
    found = one_of_mine(patient)
    seen = picture_of(found, today() - timedelta(days=RANGES[0] - 1))
    facts = whereabouts(seen)
    entry = ask.newest_for_paper(current_user, found)
    notes = ask_noted.notes(current_user, found, NOTES)
    happened = ask_noted.events(current_user, found, seen.first)
    events = happened[:EVENTS]
    left_out = {
        "entries": max(ask.length_for_paper(current_user, found) - 1, 0),
        "notes": max(ask_noted.notes_length(current_user, found) - NOTES, 0),
        "events": len(happened) - len(events),
    }
    page = render_template(
        "clinic/summary.html",
        patient=found,
        seen=seen,
        lines=lines(seen.entries, seen.shown, seen.first, today()),
        alerts=ask_alerts.of_patients(current_user, [found.id]),
        sessions=[_session(column, seen) for column in seen.matrix.columns[-SESSIONS:]],
        changed=changes(seen),
        entry=entry,
        longest=EXCERPT,
        notes=notes,
        events=events,
        left_out=left_out,
        due=_due(seen),
        most=ALERTS,
        looks=before(found, facts["next"].record if facts["next"] else None)[:LOOKS],
        printed=now(),
        **facts,
    )
    shown = [one.head.record for one in ([entry] if entry else [])]
    audit.read(
        current_user, "summary", [found.id], [*shown, *(one.first.id for one in notes), *(one.id for one in events)]
    )
    tell_read(current_user, found, whole([entry] if entry else [], EXCERPT))
    return page


def _session(column: Column, seen: Picture) -> Session:
    given_ = column.treatment
    strongest = ((effect.label, column.strongest(effect.id)) for effect in seen.matrix.felt)
    felt = sorted(((name, said) for name, said in strongest if said and said.severity), key=_by_severity)
    of_day = [one for one in seen.entries if one.head.day == given_.day and one.head.felt_at < given_.at]
    moods = _mood(of_day), _mood(_of(seen, given_.day - A_DAY)), _mood(_of(seen, given_.day + A_DAY))
    earlier = moods[1] if moods[0] is None else moods[0]
    return Session(given_, highest(given_, column.reports), felt[:EFFECTS], earlier, moods[2])


def _by_severity(one: tuple[str, Any]) -> int:
    severity: int = one[1].severity
    return -severity


def _of(seen: Picture, day: date) -> Sequence[Standing[CheckIn]]:
    return [one for one in seen.entries if one.head.day == day]


def _mood(entries: Sequence[Standing[CheckIn]]) -> int | None:
    """The one felt last."""
    return next((one.head.mood for one in entries if one.head.mood is not None), None)


def _due(seen: Picture) -> list[str]:
    """Checks that wait for an answer."""
    return [mark.what.check.id for _, mark in checks_in(seen) if mark.look != "answered" and mark.what.ended is None]
