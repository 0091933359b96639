"""What a refused page is called in the audit trail, which keeps its route."""

from __future__ import annotations

from flask_babel import gettext as _

from pwa.clinic.desk import blueprint
from pwa.clinic.trail_words import WHATS
from pwa.domain.words import N_

#: a part of a route → as the trail calls what stands there; of several the last says most
PARTS = {part: WHATS[part] for part in ("course", "journal", "notes", "summary", "alerts", "people", "team")}
PARTS |= {part: WHATS[part] for part in ("invitations", "audit", "asked", "doors", "effects", "emergency", "keeping")}
PARTS |= {part: WHATS[part] for part in ("messages", "outcomes", "room", "safety", "sessions")}
PARTS |= {
    "patients": WHATS["patient"],
    "shared": WHATS["journal"],
    "events": WHATS["adverse-events"],
    "treatments": WHATS["treatment"],
    "triage": WHATS["alerts"],
    "hand-over": WHATS["team"],
    "sign-out": WHATS["sign-ins"],
    "correct": WHATS["people"],
    "protocols": WHATS["protocol"],
    "goals": WHATS["goal"],
    "offers": WHATS["offer"],
    "visits": WHATS["visit"],
    "keys": N_("Single keys"),
    "names": N_("Names shown or hidden"),
    "account": N_("Their own sign-in"),
}


@blueprint.app_template_filter("as_page")
def as_page(route: str) -> str:
    """Of a route that no page has any more the route itself."""
    parts = route.replace(".csv", "").split("/")
    return next((str(_(PARTS[part])) for part in reversed(parts) if part in PARTS), route)
