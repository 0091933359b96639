"""One patient: what was said and given over the last weeks, and what was shared with the reader."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from flask import render_template, request
from flask_login import current_user

from pwa.accounts import audit, reads
from pwa.clinic.changed import changes
from pwa.clinic.cycles import LEVELS
from pwa.clinic.desk import blueprint, clinic, today
from pwa.clinic.home import sessions
from pwa.clinic.judging import grades, ungraded
from pwa.clinic.picture import Picture, by_cycle, by_date, picture_of
from pwa.clinic.queries import AnyRow
from pwa.clinic.queries import alerts as ask_alerts
from pwa.clinic.queries import answers as ask_answers
from pwa.clinic.queries import noted as ask_noted
from pwa.clinic.queries import patient as ask
from pwa.clinic.receipts import tell_read, whole
from pwa.clinic.said import own_words
from pwa.config import now
from pwa.domain import rights
from pwa.domain.checkin import THOUGHTS, THOUGHTS_QUESTION
from pwa.domain.course import place
from pwa.domain.days import at_wall
from pwa.errors import Problem
from pwa.forms.alerts import ACTIONS
from pwa.forms.noted import NoteForm
from pwa.forms.safetyplan import SafetyPlanForm
from pwa.sync.ids import new_id

#: days that the page can go back
RANGES = (28, 91, 273)
EXCERPTS = 3
#: characters of an entry that stand there
EXCERPT = 192


@blueprint.get("/patients/<uuid:patient>")
@reads("names", "care")
def patient(patient: UUID) -> str:
    found = one_of_mine(patient)
    seen = picture_of(found, _first_day())
    journal = ask.journal(current_user, found, EXCERPTS + 1)
    plan = ask.safety_plan(current_user, found)
    notes = ask_noted.notes(current_user, found, EXCERPTS + 1)
    events = ask_noted.events(current_user, found, seen.first)
    known = grades(events, seen.matrix)
    page = render_template(
        "clinic/patient.html",
        patient=found,
        seen=seen,
        alerts=ask_alerts.of_patients(current_user, [found.id]),
        answers=ask_answers.of_patient(current_user, found, _since(seen), "check-ins" not in seen.closed),
        excerpts=journal[:EXCERPTS],
        longest=EXCERPT,
        has_more=len(journal) > EXCERPTS,
        notes=notes[:EXCERPTS],
        has_more_notes=len(notes) > EXCERPTS,
        note_form=NoteForm(formdata=None, data={"record": new_id(now()), "edition": 0}),
        changed=changes(seen),
        events=events,
        grades=known,
        ungraded=ungraded(seen.matrix, seen.between, seen.effects, known),
        opened=ask.emergency(current_user, found),
        closed_parts=rights.parts(seen.closed),
        words=own_words(seen.entries, seen.reports),
        plan=plan,
        plan_form=SafetyPlanForm(),
        question=THOUGHTS_QUESTION,
        thoughts=THOUGHTS,
        actions=dict(ACTIONS),
        **whereabouts(seen),
        **_laid_out(seen),
    )
    shared = [one.head.record for one in journal[:EXCERPTS]] + ([plan.head.record] if plan else [])
    opened = [*shared, *(one.first.id for one in notes[:EXCERPTS]), *(one.id for one in events)]
    audit.read(current_user, "patient", [found.id], opened)
    tell_read(current_user, found, whole(journal[:EXCERPTS], EXCERPT))
    return page


def one_of_mine(patient: UUID) -> AnyRow:
    """Who it is, if the reader treats them; nothing is there otherwise."""
    found = ask.identity(current_user, str(patient))
    if found is None:
        raise Problem("not-found")
    return found


def one_to_record(patient: UUID) -> AnyRow:
    """Who it is, if the reader treats them also when there is no emergency: no form is offered that cannot be saved."""
    found = one_of_mine(patient)
    if not found.is_mine:
        raise Problem("not-found")
    return found


def whereabouts(seen: Picture) -> dict[str, Any]:
    """The facts that stand on top."""
    heads, course = [one.head for one in seen.treatments], seen.course
    planned = [one for one in reversed(heads) if one.status == "planned" and one.record not in seen.doses]
    return {
        "place": place(course, sessions(seen.treatments, seen.doses)) if course else None,
        "last": next((one for one in heads if one.status == "given"), None),
        "next": next((one for one in planned if one.day >= today()), None),
        "team": ask.care_team(current_user, seen.patient),
        "days": _days(seen),
    }


def _since(seen: Picture) -> datetime:
    return at_wall(seen.first, time(0), clinic().zone)


def _first_day() -> date:
    asked = request.args.get("days", type=int)
    return today() - timedelta(days=(asked if asked in RANGES else RANGES[0]) - 1)


def _laid_out(seen: Picture) -> dict[str, Any]:
    """By date, or the cycles laid over each other."""
    level, reach = request.args.get("level", ""), (today() - seen.first).days + 1
    address = {"days": reach if reach != RANGES[0] else None}
    if request.args.get("by") != "cycle":
        return {"lines": by_date(seen), "cycles": None, "reach": reach, "address": address}
    shown = by_cycle(seen, level if level in LEVELS else LEVELS[0])
    return {"cycles": shown, "reach": reach, "address": {**address, "by": "cycle", "level": shown.level}}


def _days(seen: Picture) -> tuple[int, int]:
    """Days with a check-in, and days since the first one in this stretch."""
    began = ask.first_check_in(current_user, seen.patient)
    with_entry = {one.head.day for one in seen.entries if one.head.day <= today()}
    return len(with_entry), (today() - max(seen.first, began)).days + 1 if began else 0
