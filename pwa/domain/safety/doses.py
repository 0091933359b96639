"""Rules over doses taken at home: against what was planned, and whether "I am OK" came after."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from pwa.domain.safety.facts import Facts
from pwa.domain.safety.said import HomeDose
from pwa.domain.safety.weight import NEW, Weight

Levels = Mapping[str, float]


def beyond_plan(entry: HomeDose, facts: Facts, levels: Levels) -> Weight:
    """One more than planned, much sooner, or more of it. Where the clinic plans no doses at home, none is beyond."""
    if not any(one.place == "home" for one in facts.treatments):
        return None
    plan = facts.plan_of(entry)
    if plan is None:
        return NEW
    of_it = [one for one in facts.doses if one.record != entry.record and facts.plan_of(one) == plan]
    again = any(one.felt_at < entry.felt_at for one in of_it)
    sooner = plan.at - entry.felt_at > timedelta(hours=levels["dose-sooner"])
    more = plan.mg is not None and entry.mg > plan.mg * (1 + levels["dose-more"] / 100)
    return NEW if again or sooner or more else None


def how_much(entry: HomeDose) -> Sequence[float]:
    return [entry.mg]
