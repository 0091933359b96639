"""What the rules find in what arrived, in its transaction. The patient's row is locked."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta

from sqlalchemy import select

from pwa.domain import safety
from pwa.domain.limits import FIRST_DAY
from pwa.domain.safety import BY_HAND, Entry, Facts, Failure, Finding, Report, Rule, Tier
from pwa.domain.safety.facts import BACK
from pwa.domain.safety.judging import NO_NEWS
from pwa.records.alerts import AlertCause, AlertEvent
from pwa.records.base import db
from pwa.records.facts import facts_of
from pwa.records.ids import uuid7
from pwa.records.responding import House, house_of, tell_operators
from pwa.records.settling import settle
from pwa.records.wrote import wrote

log = logging.getLogger(__name__)

LONG_AGO, AHEAD = datetime.combine(FIRST_DAY, time(), UTC), timedelta(days=400)


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
    nights = any(isinstance(one.entry, Report) and "nocturia" in one.entry.effects for one in said)
    facts = facts_of(clinic_id, patient_id, first, last, records=updated, nights=nights)
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
    facts: Facts = facts_of(clinic_id, patient_id, (moment - BACK).date(), moment.date(), nights=False)
    facts = replace(facts, wrote=wrote(clinic_id, patient_id, moment - NO_NEWS))
    missing = safety.silent(facts, house.levels, moment, house.off)
    return settle(house, patient_id, [(one, moment) for one in missing])


def raise_by_hand(
    clinic_id: str, patient_id: str, person_id: str, *, tier: Tier, note: str, record: str, moment: datetime
) -> str:
    """A person asks the clinic to look; the id of the alert. What was asked under this `record` is not asked again, and
    what is asked under another is told also while the alert is open."""
    whose = (AlertCause.clinic_id == clinic_id, AlertCause.patient_id == patient_id, AlertCause.record == record)
    known = db.session.scalar(select(AlertCause.alert_id).where(*whose))
    if known:
        return known
    asked = Finding(BY_HAND[tier], record, None, moment, "new", is_update=True)
    settle(house_of(clinic_id), patient_id, [(asked, moment)])
    alert = db.session.scalars(select(AlertCause.alert_id).where(*whose)).one()
    event = {"clinic_id": clinic_id, "id": uuid7(moment), "alert_id": alert, "what": "asked", "at": moment}
    db.session.add(AlertEvent(**event, person_id=person_id, note=note, details={}))
    return str(alert)


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
