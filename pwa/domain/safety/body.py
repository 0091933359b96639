"""Rules over effects reports: what needs help at once, what lasts too long after a dose, the bladder, the urge."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from pwa.domain.safety.facts import Facts, Report
from pwa.domain.safety.weight import NEW, SAME, Weight

Levels = Mapping[str, float]
Fires = Callable[[Report, Facts, Levels], Weight]
DETACHED = ("dissociation", "depersonalisation", "derealisation")
AFRAID = ("anxiety", "panic")
PAINFUL = ("bladder-pain", "painful-urination")
URINARY = (*PAINFUL, "urinary-frequency", "urinary-urgency", "nocturia", "leakage")
EYES_AND_SPEECH = ("blurred-vision", "double-vision", "slurred-speech")
DAY = timedelta(days=1)


def reported(*effects: str) -> Fires:
    """Any of these, however weak: never old news."""

    def fires(entry: Report, facts: Facts, levels: Levels) -> Weight:
        return NEW if any(entry.severity(effect) for effect in effects) else None

    return fires


def appeared(*effects: str) -> Fires:
    """Any of these, however weak; old news while the report before said the same or worse."""

    def fires(entry: Report, facts: Facts, levels: Levels) -> Weight:
        return _weighed(entry, facts, effects) if any(entry.severity(effect) for effect in effects) else None

    return fires


def severe_headache(entry: Report, facts: Facts, levels: Levels) -> Weight:
    sees_or_speaks_otherwise = any(entry.severity(effect) for effect in EYES_AND_SPEECH)
    return NEW if entry.severity("headache") == 3 and sees_or_speaks_otherwise else None


def still_detached(entry: Report, facts: Facts, levels: Levels) -> Weight:
    lasts = _still(entry, DETACHED, levels["detached-severity"]) and not _is_expected(entry, facts, levels)
    return _weighed(entry, facts, DETACHED) if lasts else None


def detached_and_afraid(entry: Report, facts: Facts, levels: Levels) -> Weight:
    afraid = any(entry.severity(effect) >= 2 for effect in AFRAID)
    return still_detached(entry, facts, levels) if afraid else None


def still_drowsy(entry: Report, facts: Facts, levels: Levels) -> Weight:
    lasts = _still(entry, ("drowsiness",), levels["drowsy-severity"]) and not _is_expected(entry, facts, levels)
    return _weighed(entry, facts, ("drowsiness",)) if lasts else None


def keeps_vomiting(entry: Report, facts: Facts, levels: Levels) -> Weight:
    if not _still(entry, ("vomiting",), levels["vomiting-severity"]):
        return None
    hours = facts.hours_after(entry)
    long = entry.effects["vomiting"].lasted == "longer" or (hours is not None and hours > levels["vomiting-hours"])
    return _weighed(entry, facts, ("vomiting",)) if long else None


def first_bladder_pain(entry: Report, facts: Facts, levels: Levels) -> Weight:
    return _weighed(entry, facts, PAINFUL) if any(entry.severity(effect) for effect in PAINFUL) else None


def bladder_pattern(entry: Report, facts: Facts, levels: Levels) -> Weight:
    """Two symptoms on two reports a week apart, or one symptom for more than two weeks."""
    now, apart = _urinary(entry, levels["bladder-severity"]), timedelta(days=levels["bladder-apart"])
    any_now = _urinary(entry, 1)
    if not any_now:
        return None
    earlier = list(facts.reports_before(entry))
    twice = len(now) >= 2 and any(
        entry.felt_at - one.felt_at >= apart and len(_urinary(one, levels["bladder-severity"])) >= 2 for one in earlier
    )
    long = any(entry.felt_at - _since(effect, entry, earlier) > levels["bladder-days"] * DAY for effect in any_now)
    return NEW if twice or long else None


def urge(entry: Report, facts: Facts, levels: Levels) -> Weight:
    """On two reports of the last four weeks that are some days apart."""
    if entry.severity("craving") < levels["craving-severity"]:
        return None
    apart, within = levels["craving-apart"] * DAY, levels["craving-days"] * DAY
    earlier = [one for one in facts.reports_before(entry, within) if entry.felt_at - one.felt_at >= apart]
    strong = [one for one in earlier if one.severity("craving") >= levels["craving-severity"]]
    return NEW if strong else None


def elevated(entry: Report, facts: Facts, levels: Levels) -> Weight:
    strong = entry.severity("elevated-mood") >= levels["elevated-severity"]
    return _weighed(entry, facts, ("elevated-mood",)) if strong else None


def both(one: str, other: str) -> Fires:
    """Together in one report, however weak; old news while the report before said the same."""

    def fires(entry: Report, facts: Facts, levels: Levels) -> Weight:
        felt = entry.severity(one) and entry.severity(other)
        return _weighed(entry, facts, (one, other)) if felt else None

    return fires


def more_nights(entry: Report, facts: Facts, levels: Levels) -> Weight:
    """Gets up at night to pee more than when it was first asked, which is before the first treatment."""
    first = facts.nights
    if first is None or first.felt_at >= entry.felt_at:
        return None
    rise = entry.severity("nocturia") - first.severity("nocturia")
    return _weighed(entry, facts, ("nocturia",)) if rise >= levels["nocturia-rise"] else None


def _urinary(entry: Report, severity: float) -> set[str]:
    return {effect for effect in URINARY if entry.severity(effect) >= severity}


def _since(effect: str, entry: Report, earlier: list[Report]) -> datetime:
    """The moment of the first report of an unbroken row that names this effect."""
    since = entry.felt_at
    for one in earlier:
        if effect in one.effects:
            if not one.severity(effect):
                break
            since = one.felt_at
    return since


def _still(entry: Report, effects: tuple[str, ...], severity: float) -> bool:
    """Still going on, as far as the patient said so."""
    said = (entry.effects[effect] for effect in effects if effect in entry.effects)
    return any(had.severity >= severity and had.ongoing for had in said)


def _is_expected(entry: Report, facts: Facts, levels: Levels) -> bool:
    """In the hours after a dose. Where no dose is known, the report's own window says whether it is one."""
    hours = facts.hours_after(entry)
    return entry.window == "acute" if hours is None else hours <= levels["acute-hours"]


def _weighed(entry: Report, facts: Facts, effects: tuple[str, ...]) -> Weight:
    """Against the last report that names one of these, about the same treatment or, between treatments, of late."""
    for one in facts.reports_before(entry):
        if one.treatment == entry.treatment and any(effect in one.effects for effect in effects):
            worse = any(entry.severity(effect) > one.severity(effect) for effect in effects)
            return NEW if worse else SAME
    return NEW
