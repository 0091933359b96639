"""What each page shows of the domain: the same for everyone, chosen on the phone."""

from __future__ import annotations

from typing import Any

from pwa.diary import asked
from pwa.domain import crisis, effects, journal, routes

VERSION = "0.1.0"


def of(page: str) -> dict[str, Any]:
    """The names that a page's template gets besides its own."""
    return CONTENT.get(page, {})


#: page → what its template gets
CONTENT: dict[str, dict[str, Any]] = {
    **asked.CONTENT,
    "help": {"regions": crisis.regions()},
    "welcome": {"regions": crisis.regions()},
    "journal-entry": {"audiences": journal.AUDIENCES, "prompts": journal.PROMPTS},
    "progress": {"catalogue": effects.CATALOGUE, "routes": routes.ROUTES},
    "more": {"version": VERSION},
}
