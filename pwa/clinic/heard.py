"""What was said that raised an alert, as far as whoever looks may read it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from flask_login import current_user

from pwa.accounts import open_effects
from pwa.clinic.queries.alerts import Shown
from pwa.domain.safety import CheckIn, Entry, Report
from pwa.records.earlier import said


def heard(found: Shown, versions: Collection[str]) -> dict[str, list[Entry]]:
    """By version."""
    entries = said(found.alert.clinic_id, [found.row.id], versions)
    return {version: _open(found, some) for version, some in entries.items()}


def heard_last(shown: Iterable[Shown]) -> Mapping[str, list[Entry]]:
    """By alert, what its latest entry said."""
    of = {one.latest.version_id: one for one in shown if one.latest}
    if not of:
        return {}
    clinic_id = next(iter(of.values())).alert.clinic_id
    entries = said(clinic_id, sorted({one.row.id for one in of.values()}), of)
    return {of[version].alert.id: _open(of[version], some) for version, some in entries.items()}


def _open(found: Shown, entries: list[Entry]) -> list[Entry]:
    """Who answers for the clinic and does not treat the patient reads no check-in, nor does whom it is hidden from; a
    therapist not every effect."""
    hidden = () if found.row.reads_check_ins else (CheckIn,)
    return [_without_closed(one) for one in entries if not isinstance(one, hidden)]


def _without_closed(entry: Entry) -> Entry:
    if not isinstance(entry, Report):
        return entry
    named = open_effects(current_user, entry.effects)
    return replace(entry, effects={effect: entry.effects[effect] for effect in named})
