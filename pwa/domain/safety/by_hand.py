"""What a therapist asks the clinic to look at: no rule finds it, a person does."""

from __future__ import annotations

from collections.abc import Mapping

from pwa.domain.safety.rule import Rule, Tier
from pwa.domain.words import N_

PROBLEM = "raised"
#: as a rule that never fires by itself, by how soon somebody must look
BY_HAND: Mapping[Tier, Rule] = {
    tier: Rule(f"raised-{tier}", PROBLEM, tier, N_("The therapist asks the clinic to look"), None, lambda *_: None, "")
    for tier in ("high", "urgent")
}
