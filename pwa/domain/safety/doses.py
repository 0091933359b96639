"""Rules over doses taken at home: against what was planned, and whether "I am OK" came after."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from pwa.domain.safety.facts import Facts
from pwa.domain.safety.said import HomeDose
from pwa.domain.safety.weight import NEW, SAME, Weight

Levels = Mapping[str, float]


def beyond_plan(entry: HomeDose, facts: Facts, levels: Levels) -> Weight:
    """One more than planned, much sooner, or more of it."""
    if not any(one.place == "home" for one in facts.treatments):
        return _of_none_planned(entry, facts)
    plan = facts.plan_of(entry)
    if plan is None:
        return NEW
    of_it = [one for one in facts.doses if one.record != entry.record and facts.plan_of(one) == plan]
    again = any(one.felt_at < entry.felt_at for one in of_it)
    sooner = plan.at - entry.felt_at > timedelta(hours=levels["dose-sooner"])
    more = plan.mg is not None and entry.mg > plan.mg * (1 + levels["dose-more"] / 100)
    return NEW if again or sooner or more else None


def _of_none_planned(entry: HomeDose, facts: Facts) -> Weight:
    """Whoever is treated at the clinic alone has one dose too many with the first, and each further one is more of the
    same. Of whom no treatment is known, the clinic keeps no plan."""
    if not facts.treatments:
        return None
    return SAME if any(one.felt_at < entry.felt_at and one.record != entry.record for one in facts.doses) else NEW


def how_much(entry: HomeDose) -> Sequence[float]:
    return [entry.mg]
