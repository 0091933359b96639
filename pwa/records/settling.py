"""Alerts with their causes and events, written down from what rules found, and told. The patient's row is locked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select, update

from pwa.domain import safety
from pwa.domain.safety import Finding
from pwa.records.alerts import Alert, AlertCause, AlertEvent
from pwa.records.base import db, table_of
from pwa.records.bulk import write_all
from pwa.records.ids import uuid7
from pwa.records.responding import House, tell
from pwa.records.typed import HUNDREDS

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
    .where(_e.what.in_(("assigned", "told", "escalated")))
    .order_by(_e.at.desc(), _e.id.desc())
    .limit(1)
)
CHANGES = ("rule", "tier", "state", "count", "last_at", "acknowledged_at", "acknowledged_by", "snoozed_until")
CHANGED = (
    update(ALERTS)
    .where(_a.clinic_id == bindparam("clinic"), _a.id == bindparam("alert"))
    .values({name: bindparam(f"new_{name}") for name in (*CHANGES, "assigned_to", "escalate_at")})
)
#: told at once; a watch stands on the list, and is told of when its time runs out
TOLD = ("urgent", "high")

Came = tuple[Finding, datetime]


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
    for table, rows in ((ALERTS, fresh), (CAUSES, causes), (EVENTS, events)):
        write_all(table, rows)
    if changed:
        db.session.connection().execute(CHANGED, [_named(alert) for alert in changed])


def _named(alert: Mapping[str, Any]) -> dict[str, Any]:
    new = {f"new_{name}": alert[name] for name in (*CHANGES, "assigned_to", "escalate_at")}
    return {"clinic": alert["clinic_id"], "alert": alert["id"], **new}
