"""What the forms ask: their fields as the form classes have them, and the words around them."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from flask_babel import gettext

from pwa.domain import aftercare, checkin, crisis, days, effects, goals, journal, offers, routes
from pwa.domain.checks import CHECKS
from pwa.domain.safety import LEVELS
from pwa.domain.synonyms import SYNONYMS
from pwa.forms.checkin import CheckInForm
from pwa.forms.effects import EffectsForm
from pwa.forms.goalsaid import GoalSaidForm
from pwa.forms.homedose import HomeDoseForm
from pwa.forms.safetyplan import SafetyPlanForm

#: for the page's script, which knows the session: whose effects come first, and until when a window lasts, in hours
AFTER_SESSION = {
    "first": {route: [effect.id for effect in effects.first_ten(route)] for route in routes.ROUTE_IDS},
    "always": list(effects.ALWAYS),
    "until": days.UNTIL,
    "tags": {route.id: route.tag for route in routes.ROUTES},
}

#: how near a goal is, by the longer measure
GOAL = {"min": goals.LEVEL.min, "max": goals.LEVEL.max, "low": goals.ENDS[0], "high": goals.ENDS[1]}

_OF_EFFECTS = {
    "form": EffectsForm(),
    "catalogue": effects.CATALOGUE,
    "groups": effects.GROUPS,
    "serious": effects.ALWAYS,
    "synonyms": SYNONYMS,
    "regions": crisis.regions(),
    #: upper and lower, from which a reading at home is worth a second one
    "high": [int(LEVELS[f"severe-{which}"].default) for which in ("systolic", "diastolic")],
}


def checks() -> list[dict[str, Any]]:
    """The checks that fall due, in the language of the page."""
    return [{**asdict(check), "name": gettext(check.name), "question": gettext(check.question)} for check in CHECKS]


def names() -> dict[str, str]:
    """What each effect is called, in the language of the page."""
    return {effect.id: gettext(effect.label) for effect in effects.CATALOGUE}


def offered() -> dict[str, Any]:
    """What a therapist can offer, in the language of the page."""
    return {one.id: {"title": gettext(one.title), "text": gettext(one.text)} for one in offers.OFFERS}


def dont() -> dict[str, str]:
    """What not to do after a treatment by each route, in the language of the page."""
    return {route: gettext(rest.dont) for route, rest in aftercare.REST.items()}


#: page → what its template gets
CONTENT: dict[str, dict[str, Any]] = {
    "check-in": {
        "form": CheckInForm(),
        "scale": checkin.scale,
        "mood_words": checkin.MOOD_WORDS,
        "thoughts_yes": checkin.THOUGHTS_YES,
        "regions": crisis.regions(),
    },
    "after-session": {**_OF_EFFECTS, "routes": routes.ROUTES, "asked": AFTER_SESSION},
    "body": _OF_EFFECTS,
    "checks": {**_OF_EFFECTS, "checks": checks},
    "home-dose": {"form": HomeDoseForm(), "regions": crisis.regions()},
    "goal": {"form": GoalSaidForm(), "scale": GOAL, "three": goals.THREE},
    "safety-plan": {"form": SafetyPlanForm(), "audiences": journal.AUDIENCES},
    "lock": {"form": SafetyPlanForm()},
    "today": {
        "checks": checks,
        "effects": names,
        "dont": dont,
        "offered": offered,
        "yes_no": " ".join(sorted(effects.YES_NO)),
    },
}
