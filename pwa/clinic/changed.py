"""Mood, anxiety and energy of the last days, against those before the first treatment."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from flask_login import current_user

from pwa.clinic.cycles import LEVELS
from pwa.clinic.home import given
from pwa.clinic.picture import Picture
from pwa.clinic.queries import patient as ask
from pwa.clinic.standing import Standing
from pwa.domain.change import REACHES, Change, change
from pwa.records import CheckIn


@dataclass(frozen=True)
class Changes:
    """Against what was before this day."""

    treated: date
    #: by level, where anything was entered
    all: dict[str, Change]

    @property
    def has_baseline(self) -> bool:
        return any(one.baseline for one in self.all.values())


def changes(seen: Picture) -> Changes | None:
    """None before the first treatment."""
    doses = given(seen.treatments, seen.doses)
    if not doses:
        return None
    treated = min(one.at for one in doses)
    day = min(one.day for one in doses)
    before = ask.check_ins(current_user, seen.patient, day - REACHES, day)
    earlier = [one for one in before if one.head.felt_at < treated]
    later = [one for one in seen.entries if one.head.felt_at >= treated]
    found = {level: change(_by_day(earlier, level), _by_day(later, level)) for level in LEVELS}
    return Changes(day, {level: one for level, one in found.items() if one.days or one.now is not None})


def _by_day(entries: Iterable[Standing[CheckIn]], level: str) -> dict[date, float]:
    """Of several of a day the one felt last, which comes first."""
    found: dict[date, float] = {}
    for one in entries:
        figure = getattr(one.head, level)
        if figure is not None:
            found.setdefault(one.head.day, figure)
    return found
