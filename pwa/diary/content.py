"""What each page shows of the domain: the same for everyone, chosen on the phone."""

from __future__ import annotations

from typing import Any

from pwa.diary import asked
from pwa.domain import crisis, effects, journal, routes
from pwa.domain.reminders import QUIET_FROM, QUIET_UNTIL
from pwa.forms.reminders import RemindersForm

VERSION = "0.1.0"
REMINDERS = RemindersForm()


def of(page: str) -> dict[str, Any]:
    """The names that a page's template gets besides its own."""
    return CONTENT.get(page, {})


#: page → what its template gets
CONTENT: dict[str, dict[str, Any]] = {
    **asked.CONTENT,
    "help": {"regions": crisis.regions()},
    "welcome": {"regions": crisis.regions()},
    "journal-entry": {"audiences": journal.AUDIENCES, "prompts": journal.PROMPTS, "offered": asked.offered},
    "progress": {"catalogue": effects.CATALOGUE, "routes": routes.ROUTES},
    "more": {
        "version": VERSION,
        "reminders": REMINDERS,
        "ways": [(choice.value, choice.label) for choice in REMINDERS.way.choices],
        "quiet": [clock.isoformat("minutes") for clock in (QUIET_FROM, QUIET_UNTIL)],
    },
}
