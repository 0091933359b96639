"""Rules over readings of blood pressure and pulse."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from pwa.domain.safety.facts import Facts
from pwa.domain.safety.said import Report
from pwa.domain.safety.weight import NEW, SAME, Weight

Levels = Mapping[str, float]
EMERGENCY = ("chest-pain", "breathless", "slow-breathing", "fainting", "loss-of-consciousness", "seizure")
DAY = timedelta(days=1)
#: beats a minute, in the middle of what is usual
RESTING = 80


def crisis(entry: Report, facts: Facts, levels: Levels) -> Weight:
    signs = any(entry.severity(effect) for effect in EMERGENCY) or entry.severity("headache") == 3
    return NEW if signs and _at_least(entry, levels, "crisis") else None


def severe_twice(entry: Report, facts: Facts, levels: Levels) -> Weight:
    """The second of two readings within a day; a single one may be a slip of the cuff."""
    if not _at_least(entry, levels, "severe"):
        return None
    apart = timedelta(minutes=levels["twice-minutes"])
    earlier = facts.measured_before(entry, DAY)
    return (
        NEW
        if any(entry.felt_at - one.felt_at >= apart and _at_least(one, levels, "severe") for one in earlier)
        else None
    )


def severe_after_dose(entry: Report, facts: Facts, levels: Levels) -> Weight:
    hours = facts.hours_after(entry)
    soon = hours is not None and hours <= levels["acute-hours"]
    return severe_twice(entry, facts, levels) if soon else None


def after_session(entry: Report, facts: Facts, levels: Levels) -> Weight:
    """High within a day of a session, or much higher than before it."""
    dose = facts.dose_before(entry)
    if dose is None or entry.felt_at - dose.at > DAY or not (entry.systolic and entry.diastolic):
        return None
    before = [
        one for one in facts.measured if dose.at - DAY <= one.felt_at < dose.at and one.systolic and one.diastolic
    ]
    rose = before and (
        entry.systolic - (before[-1].systolic or 0) >= levels["rise-systolic"]
        or entry.diastolic - (before[-1].diastolic or 0) >= levels["rise-diastolic"]
    )
    if not (rose or _at_least(entry, levels, "after")):
        return None
    since = (one for one in facts.measured_before(entry, DAY) if one.felt_at >= dose.at)
    known = any(one.systolic and one.systolic >= entry.systolic and _at_least(one, levels, "after") for one in since)
    return SAME if known else NEW


def before_session(entry: Report, facts: Facts, levels: Levels) -> Weight:
    """At home, on the day before a planned session."""
    if entry.at_clinic or not (entry.systolic and entry.diastolic):
        return None
    high = entry.systolic > levels["before-systolic"] or entry.diastolic > levels["before-diastolic"]
    soon = any(timedelta() <= one.at - entry.felt_at <= DAY for one in facts.treatments)
    return NEW if high and soon else None


def pulse(entry: Report, facts: Facts, levels: Levels) -> Weight:
    if entry.pulse is None:
        return None
    return NEW if entry.pulse > levels["pulse-high"] or entry.pulse < levels["pulse-low"] else None


def palpitations(entry: Report, facts: Facts, levels: Levels) -> Weight:
    strong = levels["palpitations-severity"]
    if entry.severity("palpitations") < strong:
        return None
    earlier = next((one for one in facts.reports_before(entry) if one.treatment == entry.treatment), None)
    return SAME if earlier and earlier.severity("palpitations") >= strong else NEW


def how_high(entry: Report) -> Sequence[float]:
    return [entry.systolic or 0, entry.diastolic or 0]


def how_grave(entry: Report) -> Sequence[float]:
    return [*how_high(entry), *(entry.severity(effect) for effect in EMERGENCY)]


def how_far_off(entry: Report) -> Sequence[float]:
    """A pulse is too fast or too slow."""
    return [abs((entry.pulse or RESTING) - RESTING)]


def _at_least(entry: Report, levels: Levels, which: str) -> bool:
    top, bottom = entry.systolic, entry.diastolic
    return bool((top and top >= levels[f"{which}-systolic"]) or (bottom and bottom >= levels[f"{which}-diastolic"]))
