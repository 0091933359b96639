"""What came of the rules, for those who read no answers: of no one person, and nobody can be worked out of it.

Shown is what at least ten patients stand behind while at least ten others wrote, and in whole tens, so that what comes
or goes with one patient, one day or one figure of a rule is no number of its own. Of whom there was an alert, and what
was done of it, the audit trail says by name; so of one rule all that counts is held against those of any rule.
docs/privacy.md says what is left.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pwa.domain.safety.history import Tally
from pwa.domain.signals.looking import PATIENTS

#: the same below which no effect is judged
LEAST = PATIENTS


@dataclass(frozen=True)
class Number:
    #: None: all rules together
    rule: str | None
    #: at least so many, in whole tens; and so are alerts
    patients: int
    alerts: int
    in_hundred: float


def in_tens(tally: Tally) -> list[Number]:
    """All rules together first, then each rule of which there is something to say, the most frequent first."""
    numbers = [one for one in _numbers(tally) if one.patients]
    return sorted(numbers, key=lambda one: (one.rule is not None, -one.alerts, one.rule or ""))


def _numbers(tally: Tally) -> Iterable[Number]:
    reports = _whole(tally.reports)
    for rule, patients in tally.patients.items():
        alerts = sum(tally.alerts.values()) if rule is None else tally.alerts[rule]
        told = _told(patients, tally.people if rule is None else tally.patients[None])
        theirs = _whole(alerts * told // patients)
        yield Number(rule, _whole(told), theirs, 100 * theirs / reports if reports else 0.0)


def told_of(some: int, those: int) -> int:
    """Of how many of those patients something is said to be so: in whole tens, and never of all but a few."""
    return _whole(_told(some, those))


def _told(some: int, those: int) -> int:
    return max(0, min(some, those - LEAST))


def _whole(number: int) -> int:
    return number - number % LEAST
