"""Goals in the patient's own words; at each visit both say how near they are. The phone shows them too."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import make_response, redirect, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from pwa.accounts import writes
from pwa.clinic.aims import Aim
from pwa.clinic.desk import blueprint, here, today
from pwa.clinic.patient import one_of_mine
from pwa.clinic.queries import AnyRow
from pwa.clinic.queries import room as ask
from pwa.clinic.recording import Sentence, one_to_write, send
from pwa.clinic.room import room_page
from pwa.clinic.standing import Standing
from pwa.config import now
from pwa.errors import Problem
from pwa.forms.reading import GoalForm, LevelForm
from pwa.records import Goal


@blueprint.post("/room/<uuid:patient>/goals")
@writes("goals")
def set_goal(patient: UUID) -> Response:
    found, form = one_of_mine(patient), GoalForm()
    if not form.validate_on_submit():
        return make_response(room_page(found, aiming=form), 422)
    record = str(form.record.data)
    if not any(one.record == record for one in ask.goals(current_user, found)):
        _say(found, record, {"words": form.words.data, "measure": form.measure.data, "levels": []})
    return redirect(url_for("clinic.room_of", patient=found.id))


@blueprint.post("/room/<uuid:patient>/goals/<uuid:record>")
@writes("goals")
def set_level(patient: UUID, record: UUID) -> Response:
    """As of today; another word on the same day stands in its place."""
    found = one_of_mine(patient)
    goal = next((one for one in ask.goals(current_user, found) if one.record == str(record)), None)
    if goal is None:
        raise Problem("not-found")
    form = LevelForm()
    form.measure = goal.measure
    if not form.validate_on_submit():
        return make_response(room_page(found, levelled=(goal.record, form)), 422)
    _say(found, goal.record, _with(goal, form), goal.set)
    return redirect(url_for("clinic.room_of", patient=found.id))


def _with(goal: Aim, form: LevelForm) -> dict[str, Any]:
    """In the words that hold now; what the patient said between visits stays where they said it."""
    day, levels = today().isoformat(), list(goal.set.head.levels)
    if form.level.data is not None:
        levels = [*(one for one in levels if one["day"] != day), {"day": day, "level": form.level.data}]
    done = {"done": True} if form.done.data else {}
    return {"words": goal.words, "measure": goal.measure, "levels": levels, **done}


def _say(found: AnyRow, record: str, body: dict[str, Any], over: Standing[Goal] | None = None) -> None:
    parents = [head.version_id for head in (over.head, *over.others)] if over else []
    send(current_user, one_to_write(current_user, found.id), [Sentence("goal", record, body, here(now()), parents)])
