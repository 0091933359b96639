"""Rules over readings of blood pressure and pulse."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from pwa.domain.safety.facts import Facts
from pwa.domain.safety.said import Report, Treatment
from pwa.domain.safety.weighing import is_expected, weighed
from pwa.domain.safety.weight import NEW, SAME, Weight

Levels = Mapping[str, float]
NUMBERS = ("systolic", "diastolic")
EMERGENCY = ("chest-pain", "breathless", "slow-breathing", "fainting", "loss-of-consciousness", "seizure")
DAY = timedelta(days=1)
#: beats a minute, in the middle of what is usual
RESTING = 80


def crisis(entry: Report, facts: Facts, levels: Levels) -> Weight:
    signs = _has_emergency(entry) or entry.severity("headache") >= levels["headache-severity"]
    return NEW if signs and _at_least(entry, levels, "crisis") else None


def severe_twice(entry: Report, facts: Facts, levels: Levels) -> Weight:
    """The second of two readings that are near; a single one may be a slip of the cuff. Old news while the one before
    was a second one too, and as high."""
    if not _is_second(entry, facts, levels):
        return None
    last = next(facts.measured_before(entry, timedelta(hours=levels["severe-hours"])))
    return SAME if _is_second(last, facts, levels) and not _rose(entry, last) else NEW


def severe_after_dose(entry: Report, facts: Facts, levels: Levels) -> Weight:
    """Never old news."""
    hours = facts.hours_after(entry)
    soon = hours is not None and hours <= levels["acute-hours"]
    return NEW if soon and _is_second(entry, facts, levels) else None


def after_session(entry: Report, facts: Facts, levels: Levels) -> Weight:
    """High within a day of a session, or much higher than before it. At the peak it is what a nurse stands by for."""
    dose = facts.dose_before(entry)
    if dose is None or entry.felt_at - dose.at > DAY:
        return None

    def is_high(one: Report) -> bool:
        return not one.at_peak and (_at_least(one, levels, "after") or _has_risen(one, dose, facts, levels))

    if not is_high(entry):
        return None
    since = [one for one in facts.measured_before(entry, DAY) if one.felt_at >= dose.at]
    return SAME if any(is_high(one) and not _rose(entry, one) for one in since) else NEW


def before_session(entry: Report, facts: Facts, levels: Levels) -> Weight:
    """At home, on the day before a planned session. Old news while it was as high before another one and never as it
    should be since."""

    def is_due(one: Report) -> bool:
        return any(timedelta() <= treatment.at - one.felt_at <= DAY for treatment in facts.treatments)

    if entry.at_clinic or not _is_above(entry, levels) or not is_due(entry):
        return None
    for one in facts.measured_before(entry, timedelta(days=levels["reading-days"])):
        if not one.at_clinic and not _is_above(one, levels):
            return NEW
        if not one.at_clinic and is_due(one):
            return NEW if _rose(entry, one) else SAME
    return NEW


def pulse(entry: Report, facts: Facts, levels: Levels) -> Weight:
    """At rest, which nobody is at the peak of a dose. Old news while the one before was as far off."""
    if not _is_off(entry, levels):
        return None
    within = timedelta(days=levels["reading-days"])
    before = [one for one in facts.pulses if timedelta() < entry.felt_at - one.felt_at <= within and not one.at_peak]
    is_known = before and _is_off(before[-1], levels) and _is_as_far(before[-1], entry)
    return SAME if is_known else NEW


def palpitations(entry: Report, facts: Facts, levels: Levels) -> Weight:
    """Expected in the hours after a dose, unless a sign of an emergency comes with them."""

    def strong(one: Report) -> bool:
        expected = is_expected(one, facts, levels) and not _has_emergency(one)
        return one.severity("palpitations") >= levels["palpitations-severity"] and not expected

    return weighed(entry, facts, ("palpitations",), strong) if strong(entry) else None


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


def _has_emergency(entry: Report) -> bool:
    return any(entry.severity(effect) for effect in EMERGENCY)


def _is_second(entry: Report, facts: Facts, levels: Levels) -> bool:
    """Another as severe came before, long enough ago to be another reading."""
    apart, within = timedelta(minutes=levels["twice-minutes"]), timedelta(hours=levels["severe-hours"])
    earlier = (one for one in facts.measured_before(entry, within) if entry.felt_at - one.felt_at >= apart)
    return _at_least(entry, levels, "severe") and any(_at_least(one, levels, "severe") for one in earlier)


def _has_risen(entry: Report, dose: Treatment, facts: Facts, levels: Levels) -> bool:
    """Over the last reading of the day before the dose, each number by itself."""
    before = [one for one in facts.measured if dose.at - DAY <= one.felt_at < dose.at]
    for name in NUMBERS:
        now, known = getattr(entry, name), [number for one in before if (number := getattr(one, name))]
        if now and known and now - known[-1] >= levels[f"rise-{name}"]:
            return True
    return False


def _is_above(entry: Report, levels: Levels) -> bool:
    return any((getattr(entry, name) or 0) > levels[f"before-{name}"] for name in NUMBERS)


def _rose(entry: Report, before: Report) -> bool:
    """Either number. One that was not measured before has risen."""
    return any(now > then for now, then in zip(how_high(entry), how_high(before), strict=True))


def _is_off(entry: Report, levels: Levels) -> bool:
    beats = entry.pulse
    return bool(beats and not entry.at_peak and (beats > levels["pulse-high"] or beats < levels["pulse-low"]))


def _is_as_far(before: Report, entry: Report) -> bool:
    """On the same side."""
    then, now = (before.pulse or RESTING) - RESTING, (entry.pulse or RESTING) - RESTING
    return abs(then) >= abs(now) and (then > 0) == (now > 0)
