"""What a clinician says of an adverse event, and what of it cannot be true together.

Grades as in CTCAE version 5, general meaning; causality as the WHO's centre in Uppsala names it; what makes an event
serious as in ICH E2A; outcomes as FHIR's AdverseEvent has them."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid5

from pwa.domain.words import N_

GRADES = (
    (1, N_("1, mild: nothing needs to be done")),
    (2, N_("2, moderate: limits daily tasks such as shopping")),
    (3, N_("3, severe: hospital, or limits caring for oneself")),
    (4, N_("4, life-threatening: urgent care")),
    (5, N_("5, death")),
)
CAUSALITIES = (
    ("certain", N_("Certain")),
    ("probable", N_("Probable")),
    ("possible", N_("Possible")),
    ("unlikely", N_("Unlikely")),
    ("unassessable", N_("Cannot be judged")),
)
#: none comes first, the rest by what they seek for
SERIOUS = (
    ("no", N_("Not serious")),
    ("hospital", N_("Hospital stay, or a longer one")),
    ("life-threatening", N_("Life-threatening")),
    ("disability", N_("Lasting disability")),
    ("birth-defect", N_("Birth defect")),
    ("death", N_("Death")),
    ("other", N_("Important for another medical reason")),
)
TAKEN = (
    ("none", N_("Nothing changed")),
    ("treated", N_("Treated")),
    ("dose-reduced", N_("Dose reduced")),
    ("postponed", N_("Session postponed")),
    ("stopped", N_("Treatment stopped")),
    ("hospital", N_("Sent to a hospital")),
)
OUTCOMES = (
    ("resolved", N_("Gone")),
    ("recovering", N_("Getting better")),
    ("ongoing", N_("Still going on")),
    ("sequelae", N_("Gone, something stays")),
    ("fatal", N_("Death")),
    ("unknown", N_("Not known")),
)
#: how the clinic heard of it
TOLD = (
    ("app", N_("Reported in the app")),
    ("phone", N_("Told by phone")),
    ("visit", N_("Told or seen at the clinic")),
    ("other", N_("Told by someone else")),
)
#: the outcomes of what has an end
OVER = frozenset({"resolved", "sequelae", "fatal"})


def ends_unlike(grade: int, serious: str, outcome: str) -> bool:
    """Of the three that can say death, some do and some do not."""
    return len({grade == 5, serious == "death", outcome == "fatal"}) > 1


def is_order_possible(began: date, ended: date | None, heard: date, today: date) -> bool:
    """It began before it ended and was heard of, and nothing lies ahead."""
    return began <= (ended or began) <= today and began <= heard <= today


def event_of(about: str, effect: str) -> str:
    """Its id: one effect after one treatment, or in one report between them, is judged once, by whomever."""
    return str(uuid5(UUID(about), effect))
