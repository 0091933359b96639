"""The clinic's words for an adverse event, and for what was changed of one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from flask_babel import gettext as _

from pwa.clinic.desk import blueprint
from pwa.clinic.history import Change, differences
from pwa.clinic.queries import AnyRow
from pwa.clinic.times import date_words, day_words
from pwa.clinic.words import dose, effect_label, route_tag, session_words
from pwa.domain import effects, events
from pwa.domain.words import N_
from pwa.records import AdverseEvent, Treatment

CHOICES: Mapping[str, Mapping[Any, str]] = {
    "told": dict(events.TOLD),
    "grade": dict(events.GRADES),
    "serious": dict(events.SERIOUS),
    "causality": dict(events.CAUSALITIES),
    "action": dict(events.TAKEN),
    "outcome": dict(events.OUTCOMES),
}
LABELS = {
    "told": N_("How the clinic heard of it"),
    "heard": N_("Heard on"),
    "began": N_("Began on"),
    "ended": N_("Ended on"),
    "grade": N_("Grade (CTCAE)"),
    "serious": N_("Serious"),
    "causality": N_("Caused by the treatment"),
    "action": N_("What was done"),
    "outcome": N_("Outcome"),
    "note": N_("Note"),
}


@blueprint.app_template_filter("judged")
def judged(event: AdverseEvent, name: str) -> str:
    """What it says under this name, in the reader's language."""
    value = getattr(event, name)
    if isinstance(value, date):
        return day_words(value)
    return str(_(CHOICES[name][value])) if name in CHOICES else value or ""


@blueprint.app_template_filter("event_name")
def event_name(event: AdverseEvent) -> str:
    if event.effect is None or effects.OWN.fullmatch(event.effect):
        return event.words or ""
    label = effect_label(event.effect)
    return f"{label} ({event.words})" if event.words else label


def after_words(treatment: Treatment) -> str:
    """The session that an event came after."""
    number = [session_words(treatment)] if treatment.number else []
    return ", ".join([date_words(treatment.day), *number, f"{route_tag(treatment.route)} {dose(treatment)}"])


def changes(editions: Sequence[AnyRow], given: Mapping[str, Treatment]) -> list[Change]:
    """The newest first; the first of all says everything. `given`: what these events came after, by record."""
    found, before = [], dict[str, str]()
    for event, name in editions:
        since = _written_out(event, given.get(event.about))
        found.append(Change(event.at, name, differences(before, since)))
        before = since
    return found[::-1]


def _written_out(event: AdverseEvent, treatment: Treatment | None) -> dict[str, str]:
    said = {str(_(label)): judged(event, name) for name, label in LABELS.items()}
    after = after_words(treatment) if treatment else ""
    said = {str(_("Effect")): event_name(event), str(_("After")): after, **said}
    if event.is_mistake:
        said[str(_("Register"))] = str(_("entered by mistake"))
    return {label: words for label, words in said.items() if words}
