"""The clinic's settings of safety, and figures of its alerts. Counts and times alone: nothing of a patient is here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from sqlalchemy import exists, func, select

from pwa.clinic.queries import AnyRow, by_name
from pwa.records import Alert, AlertEvent, CheckIn, EffectsReport, Person, Responder, SafetySettings, db


@dataclass(frozen=True)
class Figure:
    #: None: all rules together
    rule: str | None
    alerts: int
    #: per 100 check-ins and effects reports
    in_hundred: float
    #: share of alerts with a recorded action other than "none", 0 to 1
    acted_on: float
    #: median of those that were acknowledged
    acknowledged_after: timedelta | None


def settings(user: Person) -> SafetySettings | None:
    return db.session.get(SafetySettings, user.clinic_id)


def rota(user: Person) -> list[str]:
    """Those whose account is open, in their order."""
    who = (Person.clinic_id == Responder.clinic_id) & (Person.id == Responder.person_id) & Person.closed_at.is_(None)
    places = select(Responder.person_id).join(Person, who).where(Responder.clinic_id == user.clinic_id)
    return list(db.session.scalars(places.order_by(Responder.place)))


def clinicians(user: Person) -> Sequence[AnyRow]:
    here = (Person.clinic_id == user.clinic_id, Person.role == "clinician", Person.closed_at.is_(None))
    return by_name(db.session.execute(select(Person.id, Person.name, Person.email).where(*here)))


def figures(user: Person, since: datetime) -> list[Figure]:
    """All rules together first, then each rule, the most frequent first."""
    reports = sum(
        db.session.scalar(select(func.count()).where(table.clinic_id == user.clinic_id, table.felt_at >= since)) or 0
        for table in (CheckIn, EffectsReport)
    )
    acted = exists().where(
        AlertEvent.clinic_id == Alert.clinic_id,
        AlertEvent.alert_id == Alert.id,
        AlertEvent.what == "acted",
        AlertEvent.details["action"].as_string() != "none",
    )
    columns = select(Alert.rule, Alert.raised_at, Alert.acknowledged_at, acted.label("acted"))
    rows = db.session.execute(columns.where(Alert.clinic_id == user.clinic_id, Alert.raised_at >= since)).all()
    by_rule: dict[str, list[AnyRow]] = defaultdict(list)
    for row in rows:
        by_rule[row.rule].append(row)
    ordered = sorted(by_rule.items(), key=lambda one: (-len(one[1]), one[0]))
    return [_figure(rule, some, reports) for rule, some in [(None, rows), *ordered] if some]


def _figure(rule: str | None, rows: Sequence[AnyRow], reports: int) -> Figure:
    waits = [row.acknowledged_at - row.raised_at for row in rows if row.acknowledged_at]
    acted_on = sum(row.acted for row in rows) / len(rows)
    in_hundred = 100 * len(rows) / reports if reports else 0.0
    return Figure(rule, len(rows), in_hundred, acted_on, median(waits) if waits else None)
