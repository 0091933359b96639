"""The clinic's settings of safety, and figures of its alerts: each that enough patients stand behind."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from sqlalchemy import ColumnElement, func, select

from pwa.clinic.queries import AnyRow, by_name
from pwa.clinic.queries.alerts import FIRST_OF_A_MOMENT, TELLING
from pwa.domain.safety.history import Tally
from pwa.domain.safety.tens import Number, in_tens, told_of
from pwa.records import Alert, AlertEvent, CheckIn, EffectsReport, Person, Responder, SafetySettings, db


@dataclass(frozen=True)
class Figure:
    number: Number
    #: of how many patients one has a recorded action other than "none": at least so many, in whole tens
    acted_on: int
    #: median, from each time that it was raised, got graver, was raised again or went on, as far as it was
    #: acknowledged: up to one of `ABOUT`, or `max`, which is longer; None: of too few
    acknowledged_after: timedelta | None


#: nothing finer is told of how long it took
ABOUT = (timedelta(minutes=15), timedelta(hours=1), timedelta(hours=4), timedelta(days=1))


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


def figures(user: Person, since: datetime, until: datetime) -> list[Figure]:
    """All rules together first, then each rule, the most frequent first; of those behind which are too few none."""
    columns = select(Alert.id, Alert.rule, Alert.patient_id)
    rows = db.session.execute(columns.where(*_raised(user, since, until))).all()
    happened = _events(user, since, until)
    by_rule: dict[str | None, list[AnyRow]] = defaultdict(list)
    for row in rows:
        by_rule[None].append(row)
        by_rule[_raised_by(row, happened[row.id])].append(row)
    tally = _tally(by_rule, _reports(user, since, until))
    done = {rule: _done(some, happened) for rule, some in by_rule.items()}
    return [_figure(one, done, tally.people) for one in in_tens(tally)]


def _raised(user: Person, since: datetime, until: datetime) -> tuple[ColumnElement[bool], ...]:
    return Alert.clinic_id == user.clinic_id, Alert.raised_at >= since, Alert.raised_at < until


def _reports(user: Person, since: datetime, until: datetime) -> dict[str, int]:
    """Check-ins and effects reports by patient."""
    counts: Counter[str] = Counter()
    for table in (CheckIn, EffectsReport):
        written = select(table.patient_id, func.count()).where(
            table.clinic_id == user.clinic_id, table.felt_at >= since, table.felt_at < until
        )
        counts.update(dict(db.session.execute(written.group_by(table.patient_id)).all()))
    return counts


def _tally(by_rule: Mapping[str | None, Sequence[AnyRow]], reports: Mapping[str, int]) -> Tally:
    alerts = {rule: len(rows) for rule, rows in by_rule.items() if rule}
    patients = {rule: {row.patient_id for row in rows} for rule, rows in by_rule.items()}
    people = patients.get(None, set()) | set(reports)
    behind = {rule: len(some) for rule, some in patients.items()}
    return Tally(sum(reports.values()), alerts, patients=behind, people=len(people))


def _events(user: Person, since: datetime, until: datetime) -> dict[str, list[AnyRow]]:
    """Of those alerts, by alert and in order."""
    its = (Alert.clinic_id == AlertEvent.clinic_id) & (Alert.id == AlertEvent.alert_id)
    columns = select(AlertEvent.alert_id, AlertEvent.what, AlertEvent.at, AlertEvent.details).join(Alert, its)
    wanted = columns.where(*_raised(user, since, until), AlertEvent.at < until)
    found: dict[str, list[AnyRow]] = defaultdict(list)
    for row in db.session.execute(wanted.order_by(AlertEvent.at, FIRST_OF_A_MOMENT, AlertEvent.id)):
        found[row.alert_id].append(row)
    return found


def _raised_by(alert: AnyRow, events: Sequence[AnyRow]) -> str:
    """What got graver since is another rule's now."""
    return next((str(event.details["rule"]) for event in events if event.what == "raised"), str(alert.rule))


@dataclass(frozen=True)
class _Done:
    #: patients
    acted_on: Collection[str]
    #: patient → how long it took, of each time that somebody was asked to look
    waits: Mapping[str, Sequence[timedelta]]


def _done(rows: Sequence[AnyRow], happened: Mapping[str, Sequence[AnyRow]]) -> _Done:
    acted, waits = set[str](), defaultdict[str, list[timedelta]](list)
    for row in rows:
        events = happened.get(row.id, ())
        if any(one.what == "acted" and one.details["action"] != "none" for one in events):
            acted.add(row.patient_id)
        if took := list(_waits(events)):
            waits[row.patient_id] += took
    return _Done(acted, waits)


def _figure(number: Number, done: Mapping[str | None, _Done], people: int) -> Figure:
    """Of one rule held against those of whom the trail says that something was done."""
    mine, all_ = done[number.rule], done[None]
    is_one = number.rule is not None
    acted_on = told_of(len(mine.acted_on), len(all_.acted_on) if is_one else people)
    is_told = told_of(len(mine.waits), len(all_.waits) if is_one else people)
    return Figure(number, acted_on, _about(mine.waits.values()) if is_told else None)


def _about(waits: Iterable[Sequence[timedelta]]) -> timedelta:
    """The median of each patient's own, so that nobody with many alerts outweighs others."""
    seconds = median(median(one.total_seconds() for one in some) for some in waits)
    return next((about for about in ABOUT if seconds <= about.total_seconds()), timedelta.max)


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
