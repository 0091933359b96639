"""Entries held against the rules."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from pwa.domain.safety.facts import Facts
from pwa.domain.safety.rule import Rule
from pwa.domain.safety.rules import RULES
from pwa.domain.safety.said import CheckIn, Entry, HomeDose, Report
from pwa.domain.safety.weight import NEW, SAME, Weight

#: whoever was silent for longer, or did not say "I am OK" for longer since we know of the dose, is no news
NO_NEWS = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Finding:
    rule: Rule
    #: of the entry, or of the treatment after which nothing came
    record: str
    #: None: what is missing has no version
    version: str | None
    at: datetime
    weight: Weight
    #: of an entry that was changed or updated
    is_update: bool = False


@dataclass(frozen=True, slots=True)
class Failure:
    """A rule that could not judge an entry. Nothing of the entry is in it."""

    rule: Rule
    record: str
    version: str
    at: datetime
    #: the exception's name
    why: str


def found(
    entries: Iterable[Entry],
    facts: Facts,
    levels: Mapping[str, float],
    off: Collection[str] = (),
    only_looking_back: bool = False,
) -> Iterator[Finding | Failure]:
    """By entry, in the order of the rules. `off`: ids of rules that the clinic has switched off."""
    rules = [rule for rule in RULES if rule.id not in off and (rule.looks_back or not only_looking_back)]
    of_kind: dict[type, list[Rule]] = {}
    for rule in rules:
        if rule.judges:
            of_kind.setdefault(rule.judges, []).append(rule)
    for entry in entries:
        has = entry.has() if isinstance(entry, Report) else set()
        for rule in of_kind.get(type(entry), ()):
            if rule.about and has.isdisjoint(rule.about):
                continue
            try:
                weight = _weight(rule, entry, facts, levels)
            except Exception as failure:  # noqa: BLE001 - the edge at which a rule judges: a broken one must be heard of
                yield Failure(rule, entry.record, entry.version, entry.felt_at, type(failure).__name__)
                continue
            if weight:
                yield Finding(rule, entry.record, entry.version, entry.felt_at, weight, bool(entry.stands_on))


def _weight(rule: Rule, entry: Entry, facts: Facts, levels: Mapping[str, float]) -> Weight:
    """An update that repeats or eases what the rule found before is no news."""
    weight = rule.fires(entry, facts, levels)
    if weight != NEW:
        return weight
    found = (one for one in facts.before_update(entry) if rule.fires(one, facts, levels))
    return SAME if any(not _is_worse(rule.how_grave(entry), rule.how_grave(one)) for one in found) else NEW


def _is_worse(now: Sequence[float], before: Sequence[float]) -> bool:
    return any(one > other for one, other in zip(now, before, strict=True))


def silent(facts: Facts, levels: Mapping[str, float], moment: datetime, off: Collection[str] = ()) -> list[Finding]:
    """What was not written in time, as far as it came until this moment: nothing after a treatment was given, no "I am
    OK" after a dose at home."""
    found = [*_without_a_word(facts, levels, moment), *_without_ok(facts, levels, moment)]
    return [one for one in found if one.rule.id not in off]


def _without_a_word(facts: Facts, levels: Mapping[str, float], moment: datetime) -> list[Finding]:
    wait = timedelta(hours=levels["silent-maintenance" if facts.in_maintenance else "silent-hours"])
    well = (_by_arrival(one.ok_at, one) for one in facts.doses if one.ok_at)
    written = [*facts.wrote, *well, *(_by_arrival(one.felt_at, one) for one in facts.written())]
    return [
        Finding(_BY_ID["silent"], one.record, None, one.at + wait, NEW)
        for one in facts.treatments
        if one.status == "given"
        and one.at + wait <= moment < one.at + NO_NEWS
        and not any(one.at < at <= moment for at in written)
    ]


def _without_ok(facts: Facts, levels: Mapping[str, float], moment: datetime) -> list[Finding]:
    wait = timedelta(hours=levels["ok-hours"])
    taken = ((one, _by_arrival(one.felt_at, one)) for one in facts.doses)
    return [
        Finding(_BY_ID["no-ok"], one.record, None, at + wait, NEW)
        for one, at in taken
        if (one.ok_at is None or _by_arrival(one.ok_at, one) > moment)
        and at + wait <= moment < (one.received_at or at) + NO_NEWS
    ]


def _by_arrival(at: datetime, entry: CheckIn | Report | HomeDose) -> datetime:
    """What came has been, however far ahead the phone's clock is."""
    return min(at, entry.received_at or at)


_BY_ID = {rule.id: rule for rule in RULES}
