"""How often the method is wrong, and how soon it tells, in simulated clinics whose truth is known."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from statistics import median

from pwa.domain.signals import Given, worth_a_look
from pwa.domain.signals.looking import QUARTER
from tests.domain.signals.clinic import WEEKS, Planted, clinic

#: the first week of the last quarter
BEGINS = WEEKS - QUARTER
#: none of the simulated effects
PLANTED = "slurred-speech"
#: of treatments of a prone patient, those that bring it
SURE = 0.55


def false_signals(seed: str, a_week: int) -> set[tuple[str, ...]]:
    """What is called worth a look in any of a quarter's weekly looks, though nothing makes a difference."""
    found: set[tuple[str, ...]] = set()
    nothing = clinic(seed, a_week)
    for week in range(BEGINS + 1, WEEKS + 1):
        look = worth_a_look(nothing, week)
        found |= {("difference", one.factor, one.effect) for one in look.differences}
        found |= {("change", one.route or "all", one.effect) for one in look.changes}
    return found


def weeks_until_told(seed: str, a_week: int, before: float, after: float, prone: bool) -> float:
    """From the first week of the change on, at weekly looks; infinite if the quarter ends before.

    Prone: it keeps to some patients. Otherwise any treatment may bring it."""
    changed = clinic(seed, a_week, _change(before, after, prone))["acute"]
    alone = [replace(one, felt=set(one.felt) & {PLANTED}) for one in changed]
    for week in range(BEGINS + 1, WEEKS + 1):
        if worth_a_look({"acute": alone}, week).changes:
            return week - BEGINS
    return float("inf")


def delays(clinics: int, a_week: int, prone: bool) -> list[float]:
    """From 4 % to 11 %, in weeks, the shortest first."""
    return sorted(weeks_until_told(f"change {n}", a_week, 0.04, 0.11, prone) for n in range(clinics))


def said_of(delays: list[float]) -> str:
    missed = sum(each == float("inf") for each in delays)
    middle = f"{median(delays):.0f}" if missed * 2 < len(delays) else "beyond 13"
    return f"median {middle} weeks, not within 13 weeks in {100 * missed / len(delays):.0f} %"


def _change(before: float, after: float, prone: bool) -> Planted:
    def brings(chance: Random, one: Given) -> set[str]:
        share = before if one.week < BEGINS else after
        if prone:
            share = SURE if Random(one.patient).random() < share / SURE else 0
        return {PLANTED} if chance.random() < share else set()

    return brings
