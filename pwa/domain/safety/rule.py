"""What a rule is, how grave it can be, and what it can be about."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from pwa.domain.safety.facts import Facts
from pwa.domain.safety.levels import READ_ON
from pwa.domain.safety.said import Call, CheckIn, HomeDose, Report
from pwa.domain.safety.weight import Weight
from pwa.domain.words import N_

Tier = Literal["urgent", "high", "watch"]
#: the R, A and Y of the sources: at once, the same working day, the next working day
TIERS: Mapping[str, str] = {"urgent": N_("Urgent"), "high": N_("High"), "watch": N_("Watch")}
ORDER = {tier: n for n, tier in enumerate(TIERS)}
#: what an alert is about: a patient has one open alert of each
PROBLEMS: Mapping[str, str] = {
    "thoughts": N_("The question about thoughts"),
    "chest-pain": N_("Chest pain"),
    "breathing": N_("Trouble breathing"),
    "fainting": N_("Fainting"),
    "seizure": N_("A seizure or fit"),
    "headache": N_("Severe headache"),
    "pressure": N_("Blood pressure"),
    "call": N_("Asked the clinic to call"),
    "heart": N_("Pulse and heart"),
    "detached": N_("Still detached"),
    "drowsy": N_("Still very drowsy"),
    "vomiting": N_("Throwing up"),
    "blood-in-urine": N_("Blood in the urine"),
    "jaundice": N_("Yellow skin or eyes"),
    "elevated-mood": N_("Elevated mood"),
    "mood": N_("Low mood"),
    "bladder": N_("Bladder"),
    "craving": N_("An urge for more"),
    "dose": N_("More or sooner than planned"),
    "liver": N_("Dark urine with pain"),
    "pregnancy": N_("Pregnancy or breastfeeding"),
    "new-drug": N_("A new medicine or drug"),
    "driving": N_("Driving before sleep"),
    "no-ok": N_("No “I am OK” after a dose"),
    "silent": N_("No entry after a session"),
    "rule-failed": N_("A rule failed"),
    "raised": N_("Raised by the therapist"),
}


@dataclass(frozen=True)
class Rule:
    id: str
    problem: str
    tier: Tier
    #: what it says, in plain words
    words: str
    #: what it judges; None: it goes by time, see `judging.silent`
    judges: type[CheckIn | Report | Call | HomeDose] | None
    fires: Callable[[Any, Facts, Mapping[str, float]], Weight]
    source: str
    #: why the clinic has to sign it on its own; empty: published
    unconfirmed: str = ""
    #: ids of the levels that it uses
    levels: tuple[str, ...] = ()
    #: it may come to another judgement when something earlier, or about an earlier dose, arrives late
    looks_back: bool = False
    #: effects or numbers: a report that has none of them does not make it fire, and is not held against it. Empty:
    #: every entry is
    about: Collection[str] = ()
    #: figures of an entry that are greater the worse it is in what the rule is about; an update of an entry for which
    #: the rule fired is news only if one of them rose. None: how strong these effects are
    grave: Callable[[Any], Sequence[float]] | None = None
    read_on: date = READ_ON

    @property
    def is_always_on(self) -> bool:
        """Patients are told that it reaches the clinic, so no clinic can switch it off."""
        return self.tier == "urgent" or self.problem in ("thoughts", "call")

    def how_grave(self, entry: Any) -> Sequence[float]:
        return self.grave(entry) if self.grave else [entry.severity(effect) for effect in self.about]


def worse(one: Tier, other: Tier) -> Tier:
    """The graver of two tiers."""
    return one if ORDER[one] <= ORDER[other] else other
