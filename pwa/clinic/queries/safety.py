"""The clinic's settings of safety, and figures of its alerts: those behind which enough patients stand."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from sqlalchemy import exists, func, select

from pwa.clinic.queries import AnyRow, by_name
from pwa.clinic.queries.alerts import FIRST_OF_A_MOMENT, TELLING
from pwa.domain.safety.history import Tally
from pwa.domain.safety.tens import Number, in_tens
from pwa.records import Alert, AlertEvent, CheckIn, EffectsReport, Person, Responder, SafetySettings, db


@dataclass(frozen=True)
class Figure:
    number: Number
    #: share of alerts with a recorded action other than "none", 0 to 1, in whole tenths
    acted_on: float
    #: median, from each time that it was raised, got graver, was raised again or went on; as far as it was
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
    """All rules together first, then each rule, the most frequent first; of those behind which are too few none."""
    acted = exists().where(
        AlertEvent.clinic_id == Alert.clinic_id,
        AlertEvent.alert_id == Alert.id,
        AlertEvent.what == "acted",
        AlertEvent.details["action"].as_string() != "none",
    )
    columns = select(Alert.id, Alert.rule, Alert.patient_id, acted.label("acted"))
    rows = db.session.execute(columns.where(Alert.clinic_id == user.clinic_id, Alert.raised_at >= since)).all()
    happened = _events(user, since)
    by_rule: dict[str | None, list[AnyRow]] = defaultdict(list)
    for row in rows:
        by_rule[None].append(row)
        by_rule[_raised_by(row, happened[row.id])].append(row)
    numbers = in_tens(_tally(by_rule, _reports(user, since)))
    return [_figure(one, by_rule[one.rule], happened) for one in numbers]


def _reports(user: Person, since: datetime) -> dict[str, int]:
    """Check-ins and effects reports by patient."""
    counts: Counter[str] = Counter()
    for table in (CheckIn, EffectsReport):
        written = select(table.patient_id, func.count()).where(
            table.clinic_id == user.clinic_id, table.felt_at >= since
        )
        counts.update(dict(db.session.execute(written.group_by(table.patient_id)).all()))
    return counts


def _tally(by_rule: Mapping[str | None, Sequence[AnyRow]], reports: Mapping[str, int]) -> Tally:
    alerts = {rule: len(rows) for rule, rows in by_rule.items() if rule}
    patients = {rule: {row.patient_id for row in rows} for rule, rows in by_rule.items()}
    people = patients.get(None, set()) | set(reports)
    behind = {rule: len(some) for rule, some in patients.items()}
    return Tally(sum(reports.values()), alerts, patients=behind, people=len(people))


def _events(user: Person, since: datetime) -> dict[str, list[AnyRow]]:
    """Of alerts raised since then, by alert and in order."""
    its = (Alert.clinic_id == AlertEvent.clinic_id) & (Alert.id == AlertEvent.alert_id)
    columns = select(AlertEvent.alert_id, AlertEvent.what, AlertEvent.at, AlertEvent.details).join(Alert, its)
    wanted = columns.where(Alert.clinic_id == user.clinic_id, Alert.raised_at >= since)
    found: dict[str, list[AnyRow]] = defaultdict(list)
    for row in db.session.execute(wanted.order_by(AlertEvent.at, FIRST_OF_A_MOMENT, AlertEvent.id)):
        found[row.alert_id].append(row)
    return found


def _raised_by(alert: AnyRow, events: Sequence[AnyRow]) -> str:
    """What got graver since is another rule's now."""
    return next((str(event.details["rule"]) for event in events if event.what == "raised"), str(alert.rule))


def _figure(number: Number, rows: Sequence[AnyRow], happened: Mapping[str, Sequence[AnyRow]]) -> Figure:
    waits = [wait for row in rows for wait in _waits(happened.get(row.id, ()))]
    return Figure(number, round(sum(row.acted for row in rows) / len(rows), 1), _median(waits))


def _median(waits: Sequence[timedelta]) -> timedelta | None:
    return timedelta(seconds=median(one.total_seconds() for one in waits)) if waits else None


def _waits(events: Iterable[AnyRow]) -> list[timedelta]:
    """From each time that somebody was asked to look to the first acknowledgement after it that was not taken back."""
    ends, last = dict[datetime, datetime | None](), None
    for event in events:
        if event.what in TELLING:
            ends[event.at] = None
        elif event.what == "acknowledged":
            last = event.at
            ends = {at: end or last for at, end in ends.items()}
        elif event.what == "taken-back":
            ends = {at: None if end == last else end for at, end in ends.items()}
    return [end - at for at, end in ends.items() if end]
