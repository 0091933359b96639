"""What the rules would have raised over a history: for a dry run, and to weigh the defaults."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from pwa.domain.safety.facts import Facts
from pwa.domain.safety.judging import Failure, Finding, found, silent
from pwa.domain.safety.rule import Rule
from pwa.domain.safety.rules import RULES
from pwa.domain.safety.said import Entry

#: an alert counts as open for so long: until a clinic that answers has settled it
OPEN_FOR = timedelta(days=3)


@dataclass
class Tally:
    """How much there was, and what it raised."""

    reports: int = 0
    #: id of the rule that raised it → how many
    alerts: dict[str, int] = field(default_factory=dict)
    failures: int = 0

    def add(self, other: Tally) -> None:
        self.reports += other.reports
        self.failures += other.failures
        for rule, count in other.alerts.items():
            self.alerts[rule] = self.alerts.get(rule, 0) + count

    def in_hundred(self, rule: str | None = None) -> float:
        """Alerts per 100 reports, of one rule or of all."""
        count = sum(self.alerts.values()) if rule is None else self.alerts.get(rule, 0)
        return 100 * count / self.reports if self.reports else 0.0


def raised(
    facts: Facts, levels: Mapping[str, float], since: datetime, until: datetime, off: Collection[str] = ()
) -> tuple[list[tuple[Rule, datetime]], Tally]:
    """Alerts of one patient between two moments, by rule. Check-ins and effects reports are what is counted."""
    entries = [one for one in facts.written() if since <= one.felt_at < until]
    others: Sequence[Entry] = (*facts.said(), *facts.readings, *facts.doses)
    judged = [one for one in others if since <= one.felt_at < until]
    results = list(found(judged, facts, levels, off))
    findings = [one for one in results if isinstance(one, Finding)] + _silences(facts, levels, since, until, off)
    alerts = list(_opened(sorted(findings, key=lambda one: (one.at, ORDER.get(one.rule.id, 0)))))
    tally = Tally(len(entries), {}, sum(isinstance(one, Failure) for one in results))
    for rule, _ in alerts:
        tally.alerts[rule.id] = tally.alerts.get(rule.id, 0) + 1
    return alerts, tally


def _silences(
    facts: Facts, levels: Mapping[str, float], since: datetime, until: datetime, off: Collection[str]
) -> list[Finding]:
    wait = timedelta(hours=levels["silent-maintenance" if facts.in_maintenance else "silent-hours"])
    ok = timedelta(hours=levels["ok-hours"])
    due = {*(one.at + wait for one in facts.treatments), *(one.felt_at + ok for one in facts.doses)}
    moments = (moment for moment in sorted(due) if since <= moment < until)
    return [one for moment in moments for one in silent(facts, levels, moment, off) if one.at == moment]


def _opened(findings: Iterable[Finding]) -> Iterable[tuple[Rule, datetime]]:
    still_open: dict[str, datetime] = {}
    for one in findings:
        problem = one.rule.problem
        if one.weight == "new" and not (problem in still_open and one.at < still_open[problem]):
            still_open[problem] = one.at + OPEN_FOR
            yield one.rule, one.at


ORDER = {rule.id: n for n, rule in enumerate(RULES)}
