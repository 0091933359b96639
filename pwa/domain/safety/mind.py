"""Rules over check-ins: the question about thoughts, mood and elevated mood."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from math import sqrt
from operator import itemgetter
from statistics import fmean

from pwa.domain.safety.facts import Facts
from pwa.domain.safety.said import CheckIn, Report
from pwa.domain.safety.weight import NEW, SAME, Weight

Levels = Mapping[str, float]
#: of elevated mood, as effects
SIGNS = ("elevated-mood", "less-sleep", "racing-thoughts", "risky-spending")
BY_GRAVITY = ("rather-not-say", "now-and-then", "often")
#: how long a baseline reaches back
BASELINE = timedelta(days=28)
#: days with a mood that belong together may have gaps of so many in all
GAP = timedelta(days=2)
#: from one weekly check-in to the next, at most, on average
WEEKLY = timedelta(days=10)
#: two days of little sleep with high energy belong together, and a sign with them
NEAR = timedelta(days=2)
#: days with a mood that a baseline and the days after it can have at most
REACH = 38


def thoughts(answer: str) -> Callable[[CheckIn, Facts, Levels], Weight]:
    """A yes is never old news, however often it was given; only changing a graver answer into it is."""

    def fires(entry: CheckIn, facts: Facts, levels: Levels) -> Weight:
        if entry.thoughts != answer:
            return None
        before = (one.thoughts for one in facts.updated(CheckIn) if one.version in entry.stands_on)
        return SAME if any(one in graver for one in before) else NEW

    graver = BY_GRAVITY[BY_GRAVITY.index(answer) + 1 :]
    return fires


def rather_not_say(entry: CheckIn, facts: Facts, levels: Levels) -> Weight:
    weight = _would_rather_not(entry, facts, levels)
    if weight != NEW:
        return weight
    earlier = [one.thoughts for one in _before(entry, facts) if one.thoughts]
    return SAME if earlier and earlier[-1] == "rather-not-say" else NEW


_would_rather_not = thoughts("rather-not-say")


def lowest_mood(entry: CheckIn, facts: Facts, levels: Levels) -> Weight:
    lowest = levels["lowest-mood"]
    if entry.mood is None or entry.mood > lowest:
        return None
    near = timedelta(days=levels["lowest-days"])
    recent = [one.mood for one in _before(entry, facts) if entry.felt_at - one.felt_at <= near and one.mood is not None]
    last = next((n for n in reversed(range(len(recent))) if recent[n] <= lowest), None)
    if last is None:
        return NEW
    has_risen = any(mood - recent[last] >= levels["lowest-rise"] for mood in recent[last:])
    return NEW if has_risen else SAME


def below_baseline(entry: CheckIn, facts: Facts, levels: Levels) -> Weight:
    if entry.mood is None:
        return None
    until = _place(entry.day, facts.moods)
    moods = [*facts.moods[max(0, until - REACH) : until], (entry.day, entry.mood)]
    if not _is_below(moods, facts, levels):
        return None
    return SAME if _is_below(moods[:-1], facts, levels) else NEW


def elevated_days(entry: CheckIn, facts: Facts, levels: Levels) -> Weight:
    """Little sleep and high energy on two of three days, and on one of them a sign of risk."""
    if not _is_up(entry, levels):
        return None
    start = entry.day - NEAR
    days = {one.day for one in (*facts.check_ins, entry) if start <= one.day <= entry.day and _is_up(one, levels)}
    signs = (one for one in facts.reports if start <= one.day <= entry.day and _has_sign(one))
    return NEW if len(days) >= 2 and any(signs) else None


def elevated_report(entry: Report, facts: Facts, levels: Levels) -> Weight:
    """The same seen from the report, which may come after the two days."""
    if not _has_sign(entry):
        return None
    near = [one for one in facts.check_ins if abs(one.day - entry.day) <= NEAR and _is_up(one, levels)]
    days = sorted({one.day for one in near})
    return NEW if any(later - first <= NEAR for first, later in pairwise(days)) else None


def how_low(entry: CheckIn) -> Sequence[float]:
    return [] if entry.mood is None else [-entry.mood]


def how_far_up(entry: CheckIn) -> Sequence[float]:
    return [entry.energy or 0, -(entry.sleep or 0)]


def _before(entry: CheckIn, facts: Facts) -> Sequence[CheckIn]:
    return [one for one in facts.check_ins if one.record != entry.record and one.felt_at < entry.felt_at]


def _has_sign(entry: Report) -> bool:
    return any(entry.severity(effect) for effect in SIGNS)


def _is_up(entry: CheckIn, levels: Levels) -> bool:
    sleep, energy = entry.sleep, entry.energy
    return (
        sleep is not None
        and energy is not None
        and sleep <= levels["elevated-sleep"]
        and energy >= levels["elevated-energy"]
    )


def _is_below(moods: Sequence[tuple[date, int]], facts: Facts, levels: Levels) -> bool:
    """`moods`: of days in order; the last of them are held against those before: day by day, or in maintenance, where
    check-ins come weekly, against what goes further back."""
    last = int(levels["mood-days"])
    now, before = moods[-last:], moods[:-last]
    if len(now) < last:
        return False
    took = now[-1][0] - now[0][0]
    base = _since(now[0][0] - BASELINE, before)
    if took <= timedelta(days=last - 1) + GAP and len(base) >= levels["baseline-days"]:
        return _is_far_below(now, base, facts, levels)
    base = _since(now[0][0] - timedelta(days=levels["weekly-back"]), before)
    is_enough = took <= (last - 1) * WEEKLY and len(base) >= levels["weekly-baseline"]
    return facts.in_maintenance and is_enough and _is_far_below(now, base, facts, levels)


def _since(day: date, moods: Sequence[tuple[date, int]]) -> Sequence[tuple[date, int]]:
    return moods[_place(day, moods) :]


def _place(day: date, moods: Sequence[tuple[date, int]]) -> int:
    return bisect_left(moods, day, key=itemgetter(0))


def _is_far_below(
    now: Sequence[tuple[date, int]], base: Sequence[tuple[date, int]], facts: Facts, levels: Levels
) -> bool:
    usual = _usual(base, facts, levels)
    drop = sum(usual(day) - mood for day, mood in now) / len(now)
    if drop < levels["mood-drop"]:
        return False
    spread = sqrt(sum((mood - usual(day)) ** 2 for day, mood in base) / (len(base) - 1))
    return drop > levels["mood-spread"] * spread


def _usual(base: Sequence[tuple[date, int]], facts: Facts, levels: Levels) -> Callable[[date], float]:
    """Mood goes up after a dose and sags before the next: the mean of days as long after a dose, where there are
    enough of them, else of all."""
    moods: dict[int | None, list[int]] = {}
    for day, mood in base:
        moods.setdefault(facts.days_since_dose(day), []).append(mood)
    of_all = fmean([mood for _, mood in base])
    means = {since: fmean(alike) for since, alike in moods.items() if len(alike) >= levels["alike-days"]}
    means[None] = of_all
    return lambda day: means.get(facts.days_since_dose(day), of_all)
