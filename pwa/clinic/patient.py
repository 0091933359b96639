"""One patient: what was said and given over the last weeks, and what was shared with the reader."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time, timedelta
from typing import Any
from uuid import UUID

from flask import render_template, request
from flask_login import current_user

from pwa.accounts import audit, staff
from pwa.clinic.desk import blueprint, clinic, today
from pwa.clinic.home import Doses, taken
from pwa.clinic.judging import Grades, grades, ungraded
from pwa.clinic.matrix import matrix
from pwa.clinic.queries import AnyRow
from pwa.clinic.queries import alerts as ask_alerts
from pwa.clinic.queries import answers as ask_answers
from pwa.clinic.queries import noted as ask_noted
from pwa.clinic.queries import patient as ask
from pwa.clinic.said import own_words
from pwa.clinic.standing import Standing
from pwa.clinic.timeline import lines
from pwa.config import now
from pwa.domain.checkin import THOUGHTS, THOUGHTS_QUESTION
from pwa.domain.course import place
from pwa.domain.days import at_wall
from pwa.errors import Problem
from pwa.forms.noted import NoteForm
from pwa.forms.safetyplan import SafetyPlanForm
from pwa.records import CheckIn, Treatment
from pwa.sync.ids import new_id

#: days that the page can go back
RANGES = (28, 91, 273)
#: how far ahead a planned treatment still stands in the chart
AHEAD = timedelta(days=3)
EXCERPTS = 3


@blueprint.get("/patients/<uuid:patient>")
@staff("clinician", "therapist")
def patient(patient: UUID) -> str:
    found = one_of_mine(patient)
    first = _first_day()
    answers = ask_answers.of_patient(found, at_wall(first, time(0), clinic().zone))
    course, entries = _course(found), ask.check_ins(found, first)
    journal = ask.journal(current_user, found, EXCERPTS + 1)
    plan = ask.safety_plan(current_user, found)
    notes = ask_noted.notes(current_user, found, EXCERPTS + 1)
    events = ask_noted.events(current_user, found, first)
    page = render_template(
        "clinic/patient.html",
        patient=found,
        alerts=ask_alerts.of_patients(current_user, [found.id]),
        answers=answers,
        entries=entries,
        excerpts=journal[:EXCERPTS],
        has_more=len(journal) > EXCERPTS,
        notes=notes[:EXCERPTS],
        has_more_notes=len(notes) > EXCERPTS,
        note_form=NoteForm(formdata=None, data={"record": new_id(now()), "edition": 0}),
        events=events,
        plan=plan,
        plan_form=SafetyPlanForm(),
        question=THOUGHTS_QUESTION,
        days=_days(found, entries, first),
        thoughts=THOUGHTS,
        one_day=timedelta(days=1),
        reach=(today() - first).days + 1,
        **course,
        **_drawn(found, entries, [one.head for one in course["treatments"]], course["doses"], first, grades(events)),
    )
    shared = [one.head.record for one in journal[:EXCERPTS]] + ([plan.head.record] if plan else [])
    opened = [*shared, *(one.first.id for one in notes[:EXCERPTS]), *(one.id for one in events)]
    audit.read(current_user, "patient", [found.id], opened)
    return page


def one_of_mine(patient: UUID) -> AnyRow:
    """Who it is, if the reader treats them; nothing is there otherwise."""
    found = ask.identity(current_user, str(patient))
    if found is None:
        raise Problem("not-found")
    return found


def _first_day() -> date:
    asked = request.args.get("days", type=int)
    return today() - timedelta(days=(asked if asked in RANGES else RANGES[0]) - 1)


def _course(found: AnyRow) -> dict[str, Any]:
    course, (treatments, doses) = ask.course(found), taken(found)
    heads = [one.head for one in treatments]
    planned = [one for one in reversed(heads) if one.status == "planned"]
    return {
        "course": course,
        "place": place(course.phase if course else "", course.planned if course else None, heads, now()),
        "treatments": treatments,
        "doses": doses,
        "next": next((one for one in planned if one.day >= today()), None),
        "team": ask.care_team(found),
    }


def _drawn(
    found: AnyRow,
    entries: Sequence[Standing[CheckIn]],
    treatments: Sequence[Treatment],
    doses: Doses,
    first: date,
    known: Grades,
) -> dict[str, Any]:
    """What stands in the chart and in the table of effects, from this day on."""
    shown = [one for one in reversed(treatments) if first <= one.day <= today() + AHEAD and one.status != "cancelled"]
    reports, effects = ask.effects_reports(found, first), ask.effects_said(current_user, found, first)
    given = [one for one in shown if one.status == "given" or one.record in doses]
    columns = {one.record for one in given}
    felt = matrix(given, reports, effects)
    between = [one for one in reports if one.head.treatment not in columns]
    return {
        "first": first,
        "until": max([today(), *(one.day for one in shown)]),
        "lines": lines(entries, shown, first, today()),
        "matrix": felt,
        "between": between,
        "grades": known,
        "ungraded": ungraded(felt, between, effects, known),
        "effects": effects,
        "words": own_words(entries, reports),
    }


def _days(found: AnyRow, entries: Sequence[Standing[CheckIn]], first: date) -> tuple[int, int]:
    """Days with a check-in, and days since the first one in this stretch."""
    began = ask.first_check_in(found)
    with_entry = {one.head.day for one in entries if one.head.day <= today()}
    return len(with_entry), (today() - max(first, began)).days + 1 if began else 0
