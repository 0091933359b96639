"""What the rules would have raised over a history: for a dry run, and to weigh the defaults."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from pwa.domain.safety.facts import Facts
from pwa.domain.safety.judging import Failure, Finding, found, silent
from pwa.domain.safety.rule import Rule
from pwa.domain.safety.rules import RULES
from pwa.domain.safety.said import Entry
from pwa.domain.safety.weight import NEW

#: an alert counts as open for so long: until a clinic that answers has settled it
OPEN_FOR = timedelta(days=3)


@dataclass
class Tally:
    """How much there was, and what it raised."""

    reports: int = 0
    #: id of the rule that raised it → how many
    alerts: dict[str, int] = field(default_factory=dict)
    failures: int = 0
    #: how many patients each was raised of, and any at all (None); of how many who wrote or of whom one was
    patients: dict[str | None, int] = field(default_factory=dict)
    people: int = 0

    def add(self, other: Tally) -> None:
        self.reports += other.reports
        self.failures += other.failures
        self.people += other.people
        for rule, count in other.alerts.items():
            self.alerts[rule] = self.alerts.get(rule, 0) + count
        for of, some in other.patients.items():
            self.patients[of] = self.patients.get(of, 0) + some

    def in_hundred(self, rule: str | None = None) -> float:
        """Alerts per 100 reports, of one rule or of all."""
        count = sum(self.alerts.values()) if rule is None else self.alerts.get(rule, 0)
        return 100 * count / self.reports if self.reports else 0.0


def raised(
    facts: Facts, levels: Mapping[str, float], since: datetime, until: datetime, off: Collection[str] = ()
) -> tuple[list[Finding], Tally]:
    """What is new of one patient between two moments, and the alerts that it opens. Check-ins and effects reports are
    what is counted."""
    entries = [one for one in facts.written() if since <= one.felt_at < until]
    others: Sequence[Entry] = (*facts.said(), *facts.readings, *facts.doses, *facts.calls)
    judged = [one for one in others if since <= one.felt_at < until]
    results = list(found(judged, facts, levels, off))
    findings = [one for one in results if isinstance(one, Finding)] + _silences(facts, levels, since, until, off)
    news = sorted((one for one in findings if one.weight == NEW), key=lambda one: (one.at, ORDER[one.rule.id]))
    alerts = dict(Counter(rule.id for rule in _opened(news)))
    failures = sum(isinstance(one, Failure) for one in results)
    patients = dict.fromkeys((None, *alerts), 1) if alerts else {}
    return news, Tally(len(entries), alerts, failures, patients, int(bool(entries or alerts)))


def _silences(
    facts: Facts, levels: Mapping[str, float], since: datetime, until: datetime, off: Collection[str]
) -> list[Finding]:
    wait = timedelta(hours=levels["silent-maintenance" if facts.in_maintenance else "silent-hours"])
    ok = timedelta(hours=levels["ok-hours"])
    due = {*(one.at + wait for one in facts.treatments), *(one.felt_at + ok for one in facts.doses)}
    moments = (moment for moment in sorted(due) if since <= moment < until)
    return [one for moment in moments for one in silent(facts, levels, moment, off) if one.at == moment]


def _opened(news: Iterable[Finding]) -> Iterable[Rule]:
    """By time. What comes while an alert of its problem is open adds to that."""
    still_open: dict[str, datetime] = {}
    for one in news:
        problem = one.rule.problem
        if problem not in still_open or one.at >= still_open[problem]:
            still_open[problem] = one.at + OPEN_FOR
            yield one.rule


ORDER = {rule.id: n for n, rule in enumerate(RULES)}
