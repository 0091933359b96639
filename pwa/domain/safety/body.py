"""Rules over effects reports: what needs help at once, what lasts too long after a dose, the bladder, the urge."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta

from pwa.domain.effects import SEVERITIES
from pwa.domain.safety.facts import Facts
from pwa.domain.safety.said import Had, Report
from pwa.domain.safety.weighing import is_expected, weighed, weighed_for_long
from pwa.domain.safety.weight import NEW, Weight

Levels = Mapping[str, float]
Fires = Callable[[Report, Facts, Levels], Weight]
DETACHED = ("dissociation", "depersonalisation", "derealisation")
AFRAID = ("anxiety", "panic")
PAINFUL = ("bladder-pain", "painful-urination")
URINARY = (*PAINFUL, "urinary-frequency", "urinary-urgency", "nocturia", "leakage")
EYES_AND_SPEECH = ("blurred-vision", "double-vision", "slurred-speech")
DAY = timedelta(days=1)
#: over so long urinary symptoms make a pattern
PATTERN = timedelta(days=42)


def reported(*effects: str) -> Fires:
    """Any of these, however weak: never old news."""

    def fires(entry: Report, facts: Facts, levels: Levels) -> Weight:
        return NEW if any(entry.severity(effect) for effect in effects) else None

    return fires


def appeared(*effects: str) -> Fires:
    """Any of these, however weak; old news while the report before said the same or worse."""

    def fires(entry: Report, facts: Facts, levels: Levels) -> Weight:
        is_there = any(entry.severity(effect) for effect in effects)
        return weighed_for_long(entry, facts, levels, effects) if is_there else None

    return fires


def severe_headache(entry: Report, facts: Facts, levels: Levels) -> Weight:
    """Both, be it in two reports: one remembers the second sign after the first was saved."""

    def aches(one: Report) -> bool:
        return one.severity("headache") >= levels["headache-severity"]

    def is_impaired(one: Report) -> bool:
        return any(one.severity(effect) for effect in EYES_AND_SPEECH)

    if not (aches(entry) or is_impaired(entry)):
        return None
    near = [entry, *_lately(entry, facts, levels)]
    return NEW if any(map(aches, near)) and any(map(is_impaired, near)) else None


def still_detached(entry: Report, facts: Facts, levels: Levels) -> Weight:
    def lasts(one: Report) -> bool:
        return _still(one, DETACHED, levels["detached-severity"]) and not is_expected(one, facts, levels)

    return weighed(entry, facts, DETACHED, lasts) if lasts(entry) else None


def detached_and_afraid(entry: Report, facts: Facts, levels: Levels) -> Weight:
    def lasts(one: Report) -> bool:
        is_afraid = any(one.severity(effect) >= levels["afraid-severity"] for effect in AFRAID)
        return is_afraid and still_detached(one, facts, levels) is not None

    return weighed(entry, facts, (*DETACHED, *AFRAID), lasts) if lasts(entry) else None


def still_drowsy(entry: Report, facts: Facts, levels: Levels) -> Weight:
    def lasts(one: Report) -> bool:
        return _still(one, ("drowsiness",), levels["drowsy-severity"]) and not is_expected(one, facts, levels)

    return weighed(entry, facts, ("drowsiness",), lasts) if lasts(entry) else None


def keeps_vomiting(entry: Report, facts: Facts, levels: Levels) -> Weight:
    def lasts(one: Report) -> bool:
        if not _still(one, ("vomiting",), levels["vomiting-severity"]):
            return False
        hours = facts.hours_after(one)
        return one.effects["vomiting"].lasted == "longer" or (hours is not None and hours > levels["vomiting-hours"])

    return weighed(entry, facts, ("vomiting",), lasts) if lasts(entry) else None


def bladder_pattern(entry: Report, facts: Facts, levels: Levels) -> Weight:
    """Two symptoms on two reports a week apart, or one symptom for more than two weeks."""

    def stands(one: Report) -> bool:
        if not _urinary(one, 1):
            return False
        earlier = list(facts.reports_before(one, PATTERN))
        return _is_twice(one, earlier, levels) or _is_long(one, earlier, levels)

    return weighed_for_long(entry, facts, levels, URINARY, stands) if stands(entry) else None


def urge(entry: Report, facts: Facts, levels: Levels) -> Weight:
    """On two reports that are some days apart."""

    def is_again(one: Report) -> bool:
        apart, within = levels["craving-apart"] * DAY, levels["craving-days"] * DAY
        before = (other for other in facts.reports_before(one, within) if one.felt_at - other.felt_at >= apart)
        strong = levels["craving-severity"]
        return _has_now("craving", one, strong) and any(_has_now("craving", other, strong) for other in before)

    return weighed_for_long(entry, facts, levels, ("craving",), is_again) if is_again(entry) else None


def elevated(entry: Report, facts: Facts, levels: Levels) -> Weight:
    strong = entry.severity("elevated-mood") >= levels["elevated-severity"]
    return weighed_for_long(entry, facts, levels, ("elevated-mood",)) if strong else None


def both(one: str, other: str) -> Fires:
    """In one report or in two that are near, however weak; old news while the report before said the same."""

    def fires(entry: Report, facts: Facts, levels: Levels) -> Weight:
        if not any(entry.severity(effect) for effect in (one, other)):
            return None
        near = [entry, *_lately(entry, facts, levels)]
        is_both = all(any(each.severity(effect) for each in near) for effect in (one, other))
        return weighed_for_long(entry, facts, levels, (one, other)) if is_both else None

    return fires


def more_nights(entry: Report, facts: Facts, levels: Levels) -> Weight:
    """Gets up at night to pee more than when it was first asked, which is before the first treatment: by the clinic's
    figure, or, from a first answer too high for that, as far as the answers go."""
    known = [facts.nights, *facts.updated(Report)] if facts.nights else []
    of_first = [one for one in known if one.record == known[0].record and "nocturia" in one.effects]
    before = [one.severity("nocturia") for one in of_first if one.felt_at < entry.felt_at]
    rise = entry.severity("nocturia") - min(before) if before else 0
    rose = rise > 0 and rise >= min(levels["nocturia-rise"], SEVERITIES[-1][0] - min(before))
    return weighed_for_long(entry, facts, levels, ("nocturia",)) if rose else None


def _is_twice(entry: Report, earlier: Sequence[Report], levels: Levels) -> bool:
    severity, apart = levels["bladder-severity"], timedelta(days=levels["bladder-apart"])
    before = (one for one in earlier if entry.felt_at - one.felt_at >= apart)
    return len(_urinary(entry, severity)) >= 2 and any(len(_urinary(one, severity)) >= 2 for one in before)


def _is_long(entry: Report, earlier: Sequence[Report], levels: Levels) -> bool:
    longest = levels["bladder-days"] * DAY
    return any(entry.felt_at - _since(effect, entry, earlier) > longest for effect in _urinary(entry, 1))


def _urinary(entry: Report, severity: float) -> set[str]:
    return {effect for effect in URINARY if _has_now(effect, entry, severity)}


def _has_now(effect: str, entry: Report, severity: float) -> bool:
    """An update may well leave standing what was there and is over."""
    had = entry.effects.get(effect)
    return bool(had and had.severity >= severity and not (entry.stands_on and had.ongoing is False))


def _since(effect: str, entry: Report, earlier: Sequence[Report]) -> datetime:
    """The moment of the first report of an unbroken row that names this effect."""
    since = entry.felt_at
    for one in earlier:
        if effect in one.effects:
            if not _has_now(effect, one, 1):
                break
            since = one.felt_at
    return since


def _lately(entry: Report, facts: Facts, levels: Levels) -> list[Report]:
    return list(facts.reports_before(entry, timedelta(hours=levels["together-hours"])))


def _still(entry: Report, effects: tuple[str, ...], severity: float) -> bool:
    """Still going on. What nobody called over is not over, unless it is said how soon it was."""
    said = (entry.effects[effect] for effect in effects if effect in entry.effects)
    return any(had.severity >= severity and _goes_on(had) for had in said)


def _goes_on(had: Had) -> bool:
    return had.lasted in (None, "longer") if had.ongoing is None else had.ongoing
