"""What the forms ask: their fields as the form classes have them, and the words around them."""

from __future__ import annotations

from typing import Any

from pwa.domain import checkin, crisis, days, effects, routes
from pwa.forms.checkin import CheckInForm
from pwa.forms.effects import EffectsForm

#: for the page's script, which knows the session: whose effects come first, and until when a window lasts, in hours
AFTER_SESSION = {
    "first": {route: [effect.id for effect in effects.first_ten(route)] for route in routes.ROUTE_IDS},
    "always": list(effects.ALWAYS),
    "until": days.UNTIL,
    "tags": {route.id: route.tag for route in routes.ROUTES},
}

_OF_EFFECTS = {
    "form": EffectsForm(),
    "catalogue": effects.CATALOGUE,
    "groups": effects.GROUPS,
    "regions": crisis.regions(),
}

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
}
