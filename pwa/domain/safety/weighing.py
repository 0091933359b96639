"""What is expected after a dose, and whether a report says something new."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import timedelta

from pwa.domain.safety.facts import Facts
from pwa.domain.safety.said import Report
from pwa.domain.safety.weight import NEW, SAME, Weight

Levels = Mapping[str, float]
Fired = Callable[[Report], bool]


def is_expected(entry: Report, facts: Facts, levels: Levels) -> bool:
    """In the hours after a dose. Where no dose is known, the report's own window says whether it is one."""
    hours = facts.hours_after(entry)
    return entry.window == "acute" if hours is None else hours <= levels["acute-hours"]


def weighed(entry: Report, facts: Facts, effects: Sequence[str], fired: Fired) -> Weight:
    """Of an effect that belongs to a dose: against the last report about the same one that names one of these.

    `fired`: whether that was one to look at; what was expected then is news now."""
    about = (one for one in facts.reports_before(entry) if one.treatment == entry.treatment)
    return _against(about, entry, effects, fired)


def weighed_for_long(
    entry: Report, facts: Facts, levels: Levels, effects: Sequence[str], fired: Fired = lambda _: True
) -> Weight:
    """Of what lasts: against the last report that names one of these, whichever treatment either is about. What was not
    named for long is news again."""
    within = timedelta(days=levels["unchanged-days"])
    return _against(facts.reports_before(entry, within), entry, effects, fired)


def _against(before: Iterable[Report], entry: Report, effects: Sequence[str], fired: Fired) -> Weight:
    last = next((one for one in before if any(effect in one.effects for effect in effects)), None)
    if last is None or not fired(last):
        return NEW
    return NEW if any(entry.severity(effect) > last.severity(effect) for effect in effects) else SAME
