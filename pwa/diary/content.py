"""What each page shows of the domain: the same for everyone, chosen on the phone."""

from __future__ import annotations

from typing import Any

from pwa.domain import crisis, effects, journal, routes


def of(page: str) -> dict[str, Any]:
    """The names that a page's template gets besides its own."""
    return CONTENT.get(page, {})


#: page → what its template gets
CONTENT: dict[str, dict[str, Any]] = {
    "help": {"regions": crisis.regions()},
    "welcome": {"regions": crisis.regions()},
    "journal": {"audiences": journal.AUDIENCES},
    "journal-entry": {"audiences": journal.AUDIENCES, "prompts": journal.PROMPTS},
    "progress": {"catalogue": effects.CATALOGUE, "severities": effects.SEVERITIES, "routes": routes.ROUTES},
    "waiting": {"audiences": journal.AUDIENCES},
}
