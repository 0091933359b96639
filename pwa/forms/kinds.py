"""The kinds of versions: what may be in each, in which schema, and who may write it."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from pwa.forms.adapter import BodyForm, judge_with
from pwa.forms.aside import AsideForm
from pwa.forms.call import CallForm
from pwa.forms.card import CardForm
from pwa.forms.checkin import CheckInForm
from pwa.forms.effects import EffectsForm
from pwa.forms.goalsaid import GoalSaidForm
from pwa.forms.homedose import HomeDoseForm
from pwa.forms.journal import JournalForm
from pwa.forms.reminders import RemindersForm
from pwa.forms.room import GoalForm, OfferForm, VisitForm
from pwa.forms.safetyplan import SafetyPlanForm
from pwa.forms.seen import SeenForm
from pwa.forms.treatment import CourseForm, TreatmentForm
from pwa.forms.wrong import Error, said

Writer = Literal["patient", "clinic"]


@dataclass(frozen=True)
class Kind:
    form: type[BodyForm]
    #: of the bodies that are written now
    schema: int
    writer: Writer


KINDS: Mapping[str, Kind] = {
    "check-in": Kind(CheckInForm, 1, "patient"),
    "effects": Kind(EffectsForm, 1, "patient"),
    "journal": Kind(JournalForm, 1, "patient"),
    "reminders": Kind(RemindersForm, 1, "patient"),
    "home-dose": Kind(HomeDoseForm, 1, "patient"),
    "call": Kind(CallForm, 1, "patient"),
    "safety-plan": Kind(SafetyPlanForm, 1, "patient"),
    "aside": Kind(AsideForm, 1, "patient"),
    "goal-said": Kind(GoalSaidForm, 1, "patient"),
    "course": Kind(CourseForm, 1, "clinic"),
    "treatment": Kind(TreatmentForm, 1, "clinic"),
    "seen": Kind(SeenForm, 1, "clinic"),
    "card": Kind(CardForm, 1, "clinic"),
    "visit": Kind(VisitForm, 1, "clinic"),
    "offer": Kind(OfferForm, 1, "clinic"),
    "goal": Kind(GoalForm, 1, "clinic"),
}

#: a form is slow to make and quick to fill: each thread keeps one of a kind
_kept = threading.local()


def judge(kind: str, body: Mapping[str, Any] | None) -> list[Error]:
    """What is wrong with a body of the newest schema, as it is kept. None withdraws, and nothing is wrong with that.

    KeyError if there is no such kind."""
    if body is None:
        return []
    forms: dict[str, BodyForm] = _kept.__dict__
    form = forms.get(kind)
    if form is None:
        form = forms[kind] = KINDS[kind].form()
    return judge_with(form, body)


def judged(kind: str, body: Mapping[str, Any] | None, language: str) -> list[Error]:
    """The same, with a sentence for each in the reader's language."""
    return [said(error, language) for error in judge(kind, body)]
