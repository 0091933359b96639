"""What was planted in the demo's patients, and which rule must find it on which day."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta

from pwa.demo.people import ZONE, Someone, Trouble, on_workday
from pwa.domain.days import day_of
from pwa.domain.safety import Facts

#: the days on one of which it must be found, by what is known of the patient and by today
When = Callable[[Facts, date], Iterable[date]]

#: of every eighty these besides when the rules are weighed, so that each meets what it is for; the demo has none
RARER: Mapping[int, tuple[Trouble, str]] = {
    43: ("breathless", "iv"),
    45: ("fainted", "im"),
    47: ("fit", "iv"),
    48: ("headache", "nasal"),
    50: ("crisis", "im"),
    52: ("high-after-dose", "iv"),
    54: ("afraid", "iv"),
    56: ("called", "oral"),
    58: ("high", "nasal"),
    60: ("pounding", "iv"),
    62: ("sick", "im"),
    64: ("yellow", "sublingual"),
}


def with_the_rarer(person: Someone, today: date) -> Someone:
    """The same patient, or one whose treatments began six days ago and who is in a trouble that is rare."""
    if person.n % 80 not in RARER:
        return person
    trouble, route = RARER[person.n % 80]
    return replace(person, trouble=trouble, route=route, began=on_workday(today - timedelta(days=6)))


def ago(*days: int) -> When:
    return lambda _, today: [today - timedelta(days=one) for one in days]


def after_a_dose(hours: float) -> When:
    return lambda facts, _: [day_of(one.at + timedelta(hours=hours), ZONE) for one in facts.given]


def nth_report(n: int, effect: str) -> When:
    return lambda facts, _: [one.day for one in facts.reports if one.severity(effect)][n - 1 : n]


#: what was planted → the rule that must find it, and when
DANGERS: Mapping[str, tuple[str, When]] = {
    "often": ("thoughts-often", ago(1)),
    "now-and-then": ("thoughts-now-and-then", ago(5)),
    "bladder": ("bladder-pattern", ago(2)),
    "blood": ("blood-in-urine", ago(2)),
    "sinking": ("mood-below", ago(1, 2)),
    "detached": ("detached", after_a_dose(11)),
    "pressure": ("pressure-after", after_a_dose(6)),
    "silent": ("silent", after_a_dose(24)),
    "racing": ("elevated-mood", ago(1)),
    "spending": ("elevated-report", ago(1)),
    "chest": ("chest-pain", after_a_dose(2)),
    "urge": ("craving", nth_report(2, "craving")),
    "nights": ("nocturia", ago(2)),
    "dark-urine": ("dark-urine-pain", ago(2)),
    "pregnant": ("pregnancy", ago(3)),
    "took-more": ("took-more", ago(4)),
    "double-dose": ("dose-beyond-plan", after_a_dose(2)),
    "drove": ("drove", after_a_dose(7)),
    "new-drug": ("new-drug", ago(3)),
    "no-ok": ("no-ok", after_a_dose(6)),
    "breathless": ("breathing", after_a_dose(2)),
    "fainted": ("fainting", after_a_dose(3)),
    "fit": ("seizure", after_a_dose(3)),
    "headache": ("severe-headache", after_a_dose(9)),
    "crisis": ("pressure-crisis", after_a_dose(3)),
    "high-after-dose": ("pressure-severe-after-dose", after_a_dose(3)),
    "high": ("pressure-severe", after_a_dose(30.5)),
    "afraid": ("detached-afraid", after_a_dose(9)),
    "called": ("call", ago(2)),
    "pounding": ("palpitations", after_a_dose(9)),
    "sick": ("vomiting", after_a_dose(14)),
    "yellow": ("jaundice", ago(2)),
}
