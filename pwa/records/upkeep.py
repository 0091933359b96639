"""When a backup last went well, and when the audit trail was last followed without a finding.

Files in the folder of the settings: a row would come back with a restore, and say how it stood then."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from flask import current_app

from pwa.config import now
from pwa.config.upkeep import Upkeep

#: without one for so long somebody must look; by docs/deploy the first is every six hours, the second every night
LONGEST = {"backup": timedelta(hours=24), "verify": timedelta(hours=48)}


def note(what: str) -> None:
    """It went well just now."""
    if _settings().folder:
        path = _file(what)
        part = path.with_suffix(".part")
        part.write_text(now().isoformat())
        part.replace(path)


def last(what: str) -> datetime | None:
    """None: never, or it is not noted."""
    try:
        return datetime.fromisoformat(_file(what).read_text()) if _settings().folder else None
    except FileNotFoundError:
        return None


def overdue(since: datetime) -> list[str]:
    """What should have gone well meanwhile. `since`: from when on there was something to keep."""
    settings = _settings()
    watched = settings.watched if settings.folder else ()
    return [what for what in watched if now() - (last(what) or since) > LONGEST[what]]


def _settings() -> Upkeep:
    settings: Upkeep = current_app.config["UPKEEP"]
    return settings


def _file(what: str) -> Path:
    return Path(_settings().folder, f"last-{what}")
