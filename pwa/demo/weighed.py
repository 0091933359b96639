"""The default rules weighed on a simulated clinic, whose planted dangers are known."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime, time, timedelta

from pwa.demo.lives import life
from pwa.demo.people import ZONE, Someone, someone
from pwa.demo.truth import DANGERS, with_the_rarer
from pwa.domain.days import at_wall, day_of
from pwa.domain.heads import heads
from pwa.domain.safety import Call, CheckIn, Facts, HomeDose, Report, Treatment, levels
from pwa.domain.safety.history import Tally, raised
from pwa.domain.safety.reading import entry_of, readings_of
from pwa.domain.treatment import in_mg
from pwa.sync.envelope import Statement, read

PATIENTS, DAYS, SEED, TODAY = 300, 90, 7, date(2026, 11, 26)


def weighed() -> tuple[Tally, dict[str, list[bool]]]:
    """What was raised; and of each planted danger, whether each patient in it was found by its rule on its day."""
    together, planted = Tally(), defaultdict[str, list[bool]](list)
    since, until = at_wall(TODAY - timedelta(days=DAYS), time(0), ZONE), at_wall(TODAY, time(0), ZONE)
    for n in range(PATIENTS):
        person = with_the_rarer(someone(n, SEED, TODAY, DAYS), TODAY)
        facts = facts_of(person)
        news, tally = raised(facts, levels({}), since, until)
        together.add(tally)
        if person.trouble and person.trouble in DANGERS:
            rule, when = DANGERS[person.trouble]
            days = set(when(facts, TODAY))
            heard = any(one.rule.id == rule and day_of(one.at, ZONE) in days for one in news)
            planted[person.trouble].append(heard)
    return together, dict(planted)


def facts_of(person: Someone) -> Facts:
    """All that stands at the end, of what was said and given."""
    stated = [read(said.text, lambda *_: None) for said in life(person, SEED, TODAY)]
    records: dict[tuple[str | None, str | None], dict[str, Statement]] = defaultdict(dict)
    for one in stated:
        records[one.record, one.kind][one.id] = one
    standing = [
        versions[head]
        for versions in records.values()
        for head in sorted(heads({id_: one.parents for id_, one in versions.items()}))
        if versions[head].body is not None
    ]
    standing.sort(key=lambda one: one.felt_at)
    said = [
        entry_of(one.kind or "", one.record or "", one.id, one.day, one.felt_at, one.body or {}) for one in standing
    ]
    reports = [one for one in said if isinstance(one, Report)]
    return Facts(
        [one for one in said if isinstance(one, CheckIn)],
        reports,
        [_dose(one) for one in standing if one.kind == "treatment" and (one.body or {})["status"] != "cancelled"],
        any((one.body or {}).get("phase") == "maintenance" for one in standing if one.kind == "course"),
        [reading for one in standing if one.kind == "treatment" for reading in _readings(one)],
        [one for one in said if isinstance(one, HomeDose)],
        next((one for one in reports if "nocturia" in one.effects), None),
        [one for one in said if isinstance(one, Call)],
        [one.felt_at for one in standing if one.kind == "journal"],
    )


def _dose(one: Statement) -> Treatment:
    body = one.body or {}
    mg = in_mg(body["dose"], body["unit"], body.get("weight"))
    return Treatment(one.record or "", datetime.fromisoformat(body["at"]), body["status"], body["place"], mg)


def _readings(one: Statement) -> list[Report]:
    body, dose = one.body or {}, _dose(one)
    if dose.status != "given":
        return []
    return readings_of(dose.record, one.id, one.day, dose.at, body["minutes"], body.get("observed"))
