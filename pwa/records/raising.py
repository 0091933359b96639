"""Findings of the rules made into alerts, in the transaction of whatever was found. The patient's row is locked."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any

from sqlalchemy import bindparam, insert, select, update

from pwa.domain import safety
from pwa.domain.limits import FIRST_DAY
from pwa.domain.safety import Entry, Facts, Failure, Finding, Rule
from pwa.domain.safety.facts import BACK
from pwa.records.alerts import Alert, AlertCause, AlertEvent
from pwa.records.base import db, table_of
from pwa.records.facts import facts_of
from pwa.records.ids import uuid7
from pwa.records.responding import House, house_of, tell, tell_operators
from pwa.records.typed import HUNDREDS

log = logging.getLogger(__name__)

ALERTS, CAUSES, EVENTS = table_of(Alert), table_of(AlertCause), table_of(AlertEvent)
_a, _k = ALERTS.c, CAUSES.c
OPEN = select(ALERTS).where(
    _a.clinic_id == bindparam("clinic"), _a.patient_id == bindparam("patient"), _a.state != "resolved"
)
KNOWN = select(_k.rule, _k.record, _k.version_id, _k.alert_id).where(
    _k.clinic_id == bindparam("clinic"),
    _k.patient_id == bindparam("patient"),
    _k.record.in_(bindparam("records", expanding=True)),
)
_e = EVENTS.c
HANDED = (
    select(_e.what)
    .where(_e.clinic_id == bindparam("clinic"), _e.alert_id == bindparam("alert"))
    .where(_e.what.in_(("assigned", "escalated")))
    .order_by(_e.at.desc(), _e.id.desc())
    .limit(1)
)
CHANGES = ("rule", "tier", "state", "count", "last_at", "acknowledged_at", "acknowledged_by", "snoozed_until")
CHANGED = (
    update(ALERTS)
    .where(_a.clinic_id == bindparam("clinic"), _a.id == bindparam("alert"))
    .values({name: bindparam(f"new_{name}") for name in (*CHANGES, "assigned_to", "escalate_at")})
)
#: told at once; a watch waits on the list
TOLD = ("urgent", "high")

LONG_AGO, AHEAD = datetime.combine(FIRST_DAY, time(), UTC), timedelta(days=400)

Came = tuple[Finding, datetime]


@dataclass(frozen=True, slots=True)
class Said:
    entry: Entry
    received_at: datetime


def judge(clinic_id: str, patient_id: str, said: Sequence[Said], touched: Iterable[datetime], moment: datetime) -> None:
    """Raises what these entries ask for, and what later ones do now that these are known.

    `touched`: the moments that the arrivals are about, doses too. They stand in the typed rows already."""
    moments = [_near(at, moment) for at in (*touched, *(one.entry.felt_at for one in said))]
    if not moments:
        return
    house = house_of(clinic_id)
    updated = {one.entry.record for one in said if one.entry.stands_on}
    first, last = (min(moments) - BACK).date(), (max(moments) + BACK).date()
    facts = facts_of(clinic_id, patient_id, first, last, records=updated)
    received = {one.entry.version: one.received_at for one in said}
    since = min(moments)
    known = (*facts.said(), *facts.readings, *facts.doses)
    later = [entry for entry in known if entry.felt_at > since and entry.version not in received]
    results = [
        *safety.found([one.entry for one in said], facts, house.levels, house.off),
        *safety.found(later, facts, house.levels, house.off, only_looking_back=True),
    ]
    came = [(one, received.get(one.version or "", moment)) for one in results]
    settle(house, patient_id, [(one, at) for one, at in came if isinstance(one, Finding)])
    confess(house, patient_id, [(one, at) for one, at in came if isinstance(one, Failure)])


def _near(at: datetime, moment: datetime) -> datetime:
    """A phone may say any moment at all; days are reckoned with only as far as an entry can be about them."""
    return min(max(at, LONG_AGO), moment + AHEAD)


def judge_silence(clinic_id: str, patient_id: str, moment: datetime) -> int:
    """Raises what nobody wrote in time; how many."""
    house = house_of(clinic_id)
    facts: Facts = facts_of(clinic_id, patient_id, (moment - BACK).date(), moment.date())
    missing = safety.silent(facts, house.levels, moment, house.off)
    return settle(house, patient_id, [(one, moment) for one in missing])


def settle(house: House, patient_id: str, came: Sequence[Came]) -> int:
    """Writes alerts, their causes and events, in bulk. Findings that are known already change nothing; how many new
    alerts there are."""
    if not came:
        return 0
    whose = {"clinic": house.clinic_id, "patient": patient_id}
    connection = db.session.connection()
    records = sorted({finding.record for finding, _ in came})
    known: dict[tuple[str, str, str], str | None] = {}
    for start in range(0, len(records), HUNDREDS):
        rows = connection.execute(KNOWN, {**whose, "records": records[start : start + HUNDREDS]})
        known |= {(row.rule, row.record, row.version_id): row.alert_id for row in rows}
    counted: dict[str | None, set[str]] = defaultdict(set)
    for (_, record, _), alert_id in known.items():
        counted[alert_id].add(record)
    alerts = {row.problem: dict(row._mapping) for row in connection.execute(OPEN, whose)}
    before = {problem: dict(alert) for problem, alert in alerts.items()}
    causes: list[dict[str, Any]] = []
    events: list[dict[str, Any]] = []
    for finding, at in sorted(came, key=lambda one: (one[1], one[0].at, one[0].weight or "")):
        key = finding.rule.id, finding.record, finding.version or ""
        if key in known:
            continue
        alert = alerts.get(finding.rule.problem)
        if alert is None and finding.weight == "new":
            alert = alerts[finding.rule.problem] = _raised(house, patient_id, finding, at)
            events.append(_event(alert, "raised", at))
        elif alert is not None:
            is_told = finding.is_update and finding.rule.problem in before
            events += _again(house, alert, finding, at, finding.record in counted[alert["id"]], is_told)
        known[key] = alert_id = alert["id"] if alert else None
        counted[alert_id].add(finding.record)
        causes.append(_cause(house, patient_id, finding, at, alert_id))
    fresh = [alert for problem, alert in alerts.items() if problem not in before]
    changed = [alert for problem, alert in alerts.items() if problem in before and alert != before[problem]]
    _write(fresh, changed, causes, events)
    latest = {event["alert_id"]: event["id"] for event in events}
    told = (alert for alert in alerts.values() if alert["id"] in latest and alert["tier"] in TOLD)
    tell(house, [(alert, latest[alert["id"]]) for alert in told])
    return len(fresh)


def _raised(house: House, patient_id: str, finding: Finding, at: datetime) -> dict[str, Any]:
    rule = finding.rule
    return {
        **dict.fromkeys(_a.keys()),
        "clinic_id": house.clinic_id,
        "id": uuid7(at),
        "patient_id": patient_id,
        "problem": rule.problem,
        "rule": rule.id,
        "tier": rule.tier,
        "state": "raised",
        "raised_at": at,
        "count": 1,
        "last_at": at,
        "version_id": finding.version,
        "escalated": 0,
        "escalate_at": house.cover.due(rule.tier, at),
    }


def _again(
    house: House, alert: dict[str, Any], finding: Finding, at: datetime, is_counted: bool, is_told: bool
) -> list[dict[str, Any]]:
    """One more entry about a problem that is open. What is graver, or news of what rested, is told again: to whoever it
    was handed to by name, or else to the first of the rota.

    `is_told`: an update that is worse than what somebody was told, who may wait with that"""
    alert["count"] += not is_counted
    alert["last_at"] = max(alert["last_at"], at)
    tier = safety.worse(finding.rule.tier, alert["tier"])
    rests = alert["state"] == "acknowledged" or alert["snoozed_until"] is not None
    if tier != alert["tier"]:
        what, rule, due = "graver", finding.rule.id, house.cover.due(tier, at)
    elif finding.weight == "new" and (rests or is_told):
        due = house.cover.due(tier, at)
        what, rule, due = "again", alert["rule"], min(alert["escalate_at"] or due, due)
    else:
        return []
    alert.update(rule=rule, tier=tier, state="raised", acknowledged_at=None, acknowledged_by=None)
    owner = alert["assigned_to"] if _is_handed_over(alert) else None
    alert.update(snoozed_until=None, escalate_at=due, assigned_to=owner)
    return [_event(alert, what, at)]


def _is_handed_over(alert: Mapping[str, Any]) -> bool:
    """By a person; an alert that went on by its clock has nobody's word for it."""
    asked = {"clinic": alert["clinic_id"], "alert": alert["id"]}
    return bool(alert["assigned_to"]) and db.session.connection().execute(HANDED, asked).scalar() == "assigned"


def confess(house: House, patient_id: str, failures: Sequence[tuple[Failure, datetime]]) -> None:
    """A rule that fails must never be silence: somebody reads the entry, and the operator hears of the rule."""
    for failure, _ in failures:
        log.error("rule %s failed on version %s: %s", failure.rule.id, failure.version, failure.why)
    failed = [
        (Finding(_of_failure(failure.rule), failure.record, failure.version, failure.at, "new"), at)
        for failure, at in failures
    ]
    settle(house, patient_id, failed)
    tell_operators(house.clinic_id, {failure.rule.id: at for failure, at in failures})


def _of_failure(rule: Rule) -> Rule:
    return Rule(f"failed:{rule.id}", "rule-failed", "high", rule.words, None, rule.fires, "")


def _cause(house: House, patient_id: str, finding: Finding, at: datetime, alert_id: str | None) -> dict[str, Any]:
    return {
        "clinic_id": house.clinic_id,
        "patient_id": patient_id,
        "rule": finding.rule.id,
        "record": finding.record,
        "version_id": finding.version or "",
        "alert_id": alert_id,
        "at": finding.at,
        "came_at": at,
    }


def _event(alert: Mapping[str, Any], what: str, at: datetime) -> dict[str, Any]:
    return {
        "clinic_id": alert["clinic_id"],
        "id": uuid7(at),
        "alert_id": alert["id"],
        "what": what,
        "at": at,
        "person_id": None,
        "note": None,
        "details": {"rule": alert["rule"], "tier": alert["tier"]},
    }


def _write(fresh: Any, changed: Any, causes: Any, events: Any) -> None:
    connection = db.session.connection()
    for table, rows in ((ALERTS, fresh), (CAUSES, causes), (EVENTS, events)):
        if rows:
            connection.execute(insert(table), rows)
    if changed:
        connection.execute(CHANGED, [_named(alert) for alert in changed])


def _named(alert: Mapping[str, Any]) -> dict[str, Any]:
    new = {f"new_{name}": alert[name] for name in (*CHANGES, "assigned_to", "escalate_at")}
    return {"clinic": alert["clinic_id"], "alert": alert["id"], **new}
