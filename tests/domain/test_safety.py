"""Every rule, case by case: what fires it, what does not, the line between, what is missing, what came late."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from pwa.domain.checks import by_id, is_due
from pwa.domain.safety import (
    LEVELS,
    RULES,
    Call,
    CheckIn,
    Facts,
    Had,
    HomeDose,
    Report,
    Treatment,
    found,
    levels,
    silent,
)
from pwa.domain.safety.facts import BACK
from pwa.domain.safety.reading import readings_of

NOON = datetime(2026, 11, 20, 17, tzinfo=UTC)
NEW, SAME, NOTHING = "new", "same", None
DOSE = Treatment("dose", NOON, "given")


def after(hours: float, _window=None, _about="dose", **said) -> Report:
    """A report so long after the dose at noon. Effects as (severity, still going on, how long); else a reading."""
    at = NOON + timedelta(hours=hours)
    numbers = {name: said.pop(name) for name in ("systolic", "diastolic", "pulse") if name in said}
    effects = {
        name.replace("_", "-"): Had(*had) if isinstance(had, tuple) else Had(had, True) for name, had in said.items()
    }
    return Report(f"r{hours}", f"v{hours}", at.date(), at, effects, _about, _window, **numbers)


def between(days: float, **said) -> Report:
    """A report so many days after the dose, about no treatment."""
    return after(days * 24, "long-term", None, **said)


def update(first: Report, hours: float, **said) -> Report:
    """What this report says when it is updated so long after noon."""
    then = after(hours, first.window, first.treatment, **said)
    return replace(then, record=first.record, stands_on=(first.version,))


def changed(first: CheckIn, **said) -> CheckIn:
    return replace(first, version="changed", stands_on=(first.version,), **said)


def check_in(days: float, mood=None, energy=None, sleep=None, thoughts=None) -> CheckIn:
    at = NOON + timedelta(days=days)
    return CheckIn(f"c{days}", f"v{days}", at.date(), at, mood, energy, sleep, thoughts)


def at_home(hours: float, mg=100.0, ok=None, plan=None) -> HomeDose:
    """Taken so long after noon; `ok`: so many hours after noon."""
    ok_at = None if ok is None else NOON + timedelta(hours=ok)
    return HomeDose(f"d{hours}", f"v{hours}", NOON + timedelta(hours=hours), mg, ok_at, plan)


def came(hours: float, entry):
    """It arrived so long after noon."""
    return replace(entry, received_at=NOON + timedelta(hours=hours))


def plan(hours: float, mg=100.0) -> Treatment:
    """For home, so long after noon."""
    return Treatment(f"p{hours}", NOON + timedelta(hours=hours), "planned", "home", mg)


def facts(*said, dose=DOSE, more=(), maintenance=False, earlier=(), nurses=(), wrote=()) -> Facts:
    """`earlier`: versions that were changed or updated since. `nurses`: what they measured. `wrote`: when else."""
    ordered = sorted(said, key=lambda one: one.felt_at)
    reports = [one for one in ordered if isinstance(one, Report)]
    return Facts(
        [one for one in ordered if isinstance(one, CheckIn)],
        reports,
        sorted([*([dose] if dose else []), *more], key=lambda one: one.at),
        maintenance,
        readings=nurses,
        doses=[one for one in ordered if isinstance(one, HomeDose)],
        nights=next((one for one in reports if "nocturia" in one.effects), None),
        wrote=wrote,
        earlier=earlier,
    )


def planned(*hours: float, taken=()) -> Facts:
    """Doses that were planned for home, and those that were taken."""
    return facts(*taken, dose=None, more=[plan(one) for one in hours])


def weight(rule: str, entry, known: Facts, **own: float):
    weights = {one.rule.id: one.weight for one in found([entry], known, levels(own))}
    return weights.get(rule)


def steady(*last: int, of: int = 7, days: int = 20) -> list[CheckIn]:
    """Days of one mood, then the last ones; the last is today's."""
    moods = [of] * days + list(last)
    return [check_in(n - len(moods) + 1, mood=mood) for n, mood in enumerate(moods)]


def weekly(*last: int, of: int = 8, every: int = 7, maintenance=True) -> tuple[CheckIn, Facts]:
    """Weekly check-ins of one mood and then the last ones; the last is today's."""
    moods = [7] * of + list(last)
    said = [check_in(every * (n - len(moods) + 1), mood=mood) for n, mood in enumerate(moods)]
    return said[-1], facts(*said, dose=None, maintenance=maintenance)


def sawtooth(*last: int, weeks=4) -> tuple[CheckIn, Facts]:
    """Doses a week apart, and from one to the next the same mood each week; then the last dose and the days after."""
    moods = [*(8, 8, 8, 7, 4, 4, 4) * weeks, *last]
    days = [check_in(n - len(moods), mood=mood) for n, mood in enumerate(moods)]
    doses = [Treatment(f"t{n}", days[7 * n].felt_at, "given") for n in range(weeks + 1)]
    return days[-1], facts(*days, dose=None, more=doses)


def nurse(systolic: int, diastolic: int, **more) -> list[Report]:
    """What a nurse measured before the dose at noon, at its peak and before leaving; the first is as it should be."""
    numbers = {"systolic": systolic, "diastolic": diastolic, **more}
    later = {f"{part}_{name}": number for part in ("peak", "leaving") for name, number in numbers.items()}
    observed = {"before_systolic": 150, "before_diastolic": 80, "before_pulse": 80, **later}
    return readings_of("dose", "given", NOON.date(), NOON, 120, observed)


ALONE = Facts()
TOMORROW = Treatment("next", NOON + timedelta(hours=40), "planned")
CHEST = {"chest_pain": 1}
OFTEN, NO = check_in(0, thoughts="often"), check_in(0, thoughts="no")
MILD, ALOOF = after(1, chest_pain=1), after(3, dissociation=2)
BLOOD, URGE = between(9, blood_in_urine=1), between(2, craving=2)
SELDOM = between(-3, nocturia=0)
#: on the day before the dose at noon, and on that of it
HIGH_BEFORE, FINE = after(-20, systolic=150), after(10, systolic=120, diastolic=80)
SORE, HIGH = between(2, nocturia=2, leakage=2), after(29, systolic=184, diastolic=100)

#: kinds of cases: it fires; it does not; the line between; something was not said or is not known; it came late
KINDS = FIRES, IS_NOT, LINE, MISSING, LATE = ("fires", "does not", "the line", "missing", "late")
#: rule → the kind, what happened, what it is worth, the entry, and what else is known
CASES = {
    "thoughts-often": [
        (IS_NOT, "answers no", NOTHING, check_in(0, thoughts="no"), ALONE),
        (FIRES, "answers often", NEW, check_in(0, thoughts="often"), ALONE),
        (
            FIRES,
            "answers often for the third time",
            NEW,
            check_in(0, thoughts="often"),
            facts(check_in(-1, thoughts="often")),
        ),
        (LINE, "answers now and then", NOTHING, check_in(0, thoughts="now-and-then"), ALONE),
        (MISSING, "does not answer", NOTHING, check_in(0, mood=0), ALONE),
        (FIRES, "changes no to often", NEW, changed(NO, thoughts="often"), facts(earlier=[NO])),
        (FIRES, "changes the mood beside it", SAME, changed(OFTEN, mood=3), facts(earlier=[OFTEN])),
        (FIRES, "changes it back from what was withdrawn", NEW, changed(NO, thoughts="often"), ALONE),
        (
            LATE,
            "answered often and the entry of a later no came first",
            NEW,
            check_in(0, thoughts="often"),
            facts(check_in(1, thoughts="no")),
        ),
    ],
    "thoughts-now-and-then": [
        (FIRES, "answers now and then", NEW, check_in(0, thoughts="now-and-then"), ALONE),
        (IS_NOT, "answers no", NOTHING, check_in(0, thoughts="no"), ALONE),
        (LINE, "answers often, which is another rule", NOTHING, check_in(0, thoughts="often"), ALONE),
        (MISSING, "does not answer", NOTHING, check_in(0), ALONE),
        (FIRES, "changes often to now and then", SAME, changed(OFTEN, thoughts="now-and-then"), facts(earlier=[OFTEN])),
        (FIRES, "changes no to now and then", NEW, changed(NO, thoughts="now-and-then"), facts(earlier=[NO])),
        (LATE, "comes after a later no", NEW, check_in(0, thoughts="now-and-then"), facts(check_in(1, thoughts="no"))),
    ],
    "thoughts-rather-not-say": [
        (IS_NOT, "answers no", NOTHING, check_in(0, thoughts="no"), ALONE),
        (FIRES, "would rather not say", NEW, check_in(0, thoughts="rather-not-say"), ALONE),
        (
            FIRES,
            "would rather not say, as the time before",
            SAME,
            check_in(0, thoughts="rather-not-say"),
            facts(check_in(-1, thoughts="rather-not-say")),
        ),
        (
            FIRES,
            "did not say, answered no, does not say",
            NEW,
            check_in(0, thoughts="rather-not-say"),
            facts(check_in(-2, thoughts="rather-not-say"), check_in(-1, thoughts="no")),
        ),
        (MISSING, "is not asked", NOTHING, check_in(0, mood=5), ALONE),
        (
            LATE,
            "comes late, before one that came first",
            NEW,
            check_in(0, thoughts="rather-not-say"),
            facts(check_in(1, thoughts="rather-not-say")),
        ),
    ],
    "chest-pain": [
        (LINE, "has mild chest pain", NEW, after(1, chest_pain=1), facts()),
        (FIRES, "had it before as well", NEW, after(2, chest_pain=1), facts(after(1, chest_pain=3))),
        (IS_NOT, "was asked and has none", NOTHING, after(1, chest_pain=0), facts()),
        (MISSING, "was not asked", NOTHING, after(1, nausea=3), facts()),
        (FIRES, "an update says that it is severe", NEW, update(MILD, 9, chest_pain=3), facts(earlier=[MILD])),
        (FIRES, "an update says that it is as it was", SAME, update(MILD, 9, chest_pain=1), facts(earlier=[MILD])),
        (FIRES, "an update of something else", SAME, update(MILD, 9, chest_pain=1, nausea=3), facts(earlier=[MILD])),
        (
            FIRES,
            "it was severe and an update says that it is mild",
            SAME,
            replace(MILD, version="later", stands_on=("severe",)),
            facts(earlier=[replace(MILD, version="severe", effects={"chest-pain": Had(3, True)})]),
        ),
        (FIRES, "has it with no dose known", NEW, between(9, chest_pain=1), ALONE),
        (LATE, "it comes late", NEW, after(1, chest_pain=1), facts(after(9, chest_pain=0))),
    ],
    "breathing": [
        (FIRES, "is short of breath", NEW, after(1, breathless=1), facts()),
        (FIRES, "breathes very slowly", NEW, after(1, slow_breathing=1), facts()),
        (IS_NOT, "breathes well", NOTHING, after(1, breathless=0), facts()),
        (MISSING, "was not asked", NOTHING, after(1, nausea=1), facts()),
        (LATE, "it comes late", NEW, after(1, breathless=1), facts(after(9, breathless=0))),
    ],
    "fainting": [
        (FIRES, "fainted", NEW, after(1, fainting=1), facts()),
        (FIRES, "could not be woken", NEW, after(1, loss_of_consciousness=1), facts()),
        (IS_NOT, "did not", NOTHING, after(1, fainting=0), facts()),
        (MISSING, "was not asked", NOTHING, after(1, dizziness=3), facts()),
        (LATE, "it comes late", NEW, after(1, fainting=1), facts(after(9, fainting=0))),
    ],
    "seizure": [
        (FIRES, "had a fit", NEW, after(1, seizure=1), facts()),
        (IS_NOT, "had none", NOTHING, after(1, seizure=0), facts()),
        (MISSING, "was not asked", NOTHING, after(1, tremor=3), facts()),
        (LATE, "it comes late", NEW, after(1, seizure=1), facts(after(9, nausea=0))),
    ],
    "severe-headache": [
        (FIRES, "severe headache and sees double", NEW, after(9, headache=3, double_vision=1), facts()),
        (FIRES, "severe headache and slurred speech", NEW, after(9, headache=3, slurred_speech=1), facts()),
        (LINE, "moderate headache and sees double", NOTHING, after(9, headache=2, double_vision=3), facts()),
        (IS_NOT, "severe headache alone", NOTHING, after(9, headache=3), facts()),
        (MISSING, "of the eyes nothing was said", NOTHING, after(9, headache=3, double_vision=0), facts()),
        (FIRES, "the eyes a minute after it", NEW, after(9 + 1 / 60, blurred_vision=3), facts(after(9, headache=3))),
        (FIRES, "the eyes before it", NEW, after(9, headache=3), facts(after(8, slurred_speech=1))),
        (LINE, "the eyes more than a day before", NOTHING, after(30, headache=3), facts(after(5, double_vision=1))),
        (
            IS_NOT,
            "and something else a minute later",
            NOTHING,
            after(9.1, nausea=1),
            facts(after(9, headache=3, double_vision=1)),
        ),
        (
            IS_NOT,
            "the eyes a minute after a weak one",
            NOTHING,
            after(9.1, double_vision=3),
            facts(after(9, headache=2)),
        ),
        (
            LATE,
            "the headache comes late",
            NEW,
            after(9, headache=3, double_vision=1),
            facts(after(10, double_vision=1)),
        ),
    ],
    "pressure-crisis": [
        (LINE, "180 with chest pain", NEW, after(1, systolic=180, diastolic=90, **CHEST), facts()),
        (FIRES, "120 below with chest pain", NEW, after(1, systolic=150, diastolic=120, **CHEST), facts()),
        (LINE, "179/119 with chest pain", NOTHING, after(1, systolic=179, diastolic=119, **CHEST), facts()),
        (IS_NOT, "200/130 and feels well", NOTHING, after(1, systolic=200, diastolic=130), facts()),
        (MISSING, "chest pain and no reading", NOTHING, after(1, **CHEST), facts()),
        (
            LATE,
            "it comes late",
            NEW,
            after(1, systolic=180, diastolic=90, **CHEST),
            facts(after(9, systolic=120, diastolic=80)),
        ),
    ],
    "pressure-severe-after-dose": [
        (
            FIRES,
            "twice 180/110 within four hours of the dose",
            NEW,
            after(2, systolic=180, diastolic=110),
            facts(after(1.9, systolic=185, diastolic=100)),
        ),
        (
            FIRES,
            "a third time, as high: never old news",
            NEW,
            after(3, systolic=180, diastolic=110),
            facts(after(1, systolic=185, diastolic=115), after(2, systolic=180, diastolic=110)),
        ),
        (IS_NOT, "once", NOTHING, after(2, systolic=190, diastolic=110), facts()),
        (
            FIRES,
            "twice, within four hours of a dose at home",
            NEW,
            after(2, _about="d0", systolic=180, diastolic=110),
            facts(after(1, systolic=185, diastolic=100), at_home(0), dose=None),
        ),
        (
            LINE,
            "twice, the second just after four hours",
            NOTHING,
            after(4.1, systolic=180, diastolic=110),
            facts(after(3, systolic=180, diastolic=110)),
        ),
        (
            MISSING,
            "nothing was measured",
            NOTHING,
            after(2, nausea=1),
            facts(after(1, systolic=185, diastolic=115)),
        ),
        (
            MISSING,
            "twice and no dose is known",
            NOTHING,
            after(2, systolic=180, diastolic=110),
            facts(after(1, systolic=180, diastolic=110), dose=None),
        ),
        (
            LATE,
            "the dose is recorded late",
            NEW,
            after(2, _about=None, systolic=180, diastolic=110),
            facts(after(1, systolic=180, diastolic=110)),
        ),
    ],
    "pressure-severe": [
        (
            LATE,
            "it comes late, before one that is as it should be",
            NEW,
            after(30, systolic=180),
            facts(after(29, systolic=180), after(40, systolic=120)),
        ),
        (
            FIRES,
            "twice in a day",
            NEW,
            after(30, systolic=180, diastolic=90),
            facts(after(29, systolic=150, diastolic=110)),
        ),
        (
            FIRES,
            "a third time, as high",
            SAME,
            after(30, systolic=184, diastolic=100),
            facts(after(28, systolic=184), after(29, systolic=184, diastolic=100)),
        ),
        (
            FIRES,
            "a third time, and the lower number rose",
            NEW,
            after(30, systolic=184, diastolic=101),
            facts(after(28, systolic=184), after(29, systolic=184, diastolic=100)),
        ),
        (
            LINE,
            "five minutes apart",
            NEW,
            after(30, systolic=180, diastolic=90),
            facts(after(30 - 5 / 60, systolic=180, diastolic=90)),
        ),
        (
            LINE,
            "four minutes apart, by one cuff",
            NOTHING,
            after(30, systolic=180, diastolic=90),
            facts(after(30 - 4 / 60, systolic=180, diastolic=90)),
        ),
        (
            IS_NOT,
            "the day before yesterday and today",
            NOTHING,
            after(60, systolic=180, diastolic=90),
            facts(after(30, systolic=180, diastolic=90)),
        ),
        (IS_NOT, "once", NOTHING, after(30, systolic=220, diastolic=130), facts()),
        (
            FIRES,
            "an hour later, in an update",
            NEW,
            update(HIGH, 30, systolic=186, diastolic=100),
            facts(earlier=[HIGH]),
        ),
        (
            IS_NOT,
            "an update of something else is no second reading",
            NOTHING,
            update(HIGH, 30, systolic=184, diastolic=100, nausea=1),
            facts(earlier=[HIGH]),
        ),
        (
            MISSING,
            "the second reading is missing its upper number",
            NOTHING,
            after(30, diastolic=109),
            facts(after(29, systolic=180)),
        ),
    ],
    "detached": [
        (LATE, "the dose is recorded late", NEW, after(5, _about=None, dissociation=2), facts()),
        (FIRES, "still detached at five hours", NEW, after(5, dissociation=2), facts()),
        (IS_NOT, "detached at three hours, as expected", NOTHING, after(3, dissociation=3), facts()),
        (
            IS_NOT,
            "detached at three hours of a session that the clinic has yet to note as given",
            NOTHING,
            after(3, dissociation=3),
            facts(dose=None, more=[replace(DOSE, status="planned")]),
        ),
        (
            FIRES,
            "still detached at five hours of a session that the clinic has yet to note",
            NEW,
            after(5, dissociation=2),
            facts(dose=None, more=[replace(DOSE, status="planned")]),
        ),
        (
            FIRES,
            "detached beside a plan that the report does not name",
            NEW,
            after(3, "long-term", None, dissociation=2),
            facts(dose=None, more=[replace(DOSE, status="planned")]),
        ),
        (LINE, "at four hours exactly", NOTHING, after(4, dissociation=3), facts()),
        (IS_NOT, "an hour after a dose at home", NOTHING, after(49, _about="d48", dissociation=2), facts(at_home(48))),
        (IS_NOT, "and the report names none", NOTHING, after(49, _about=None, dissociation=2), facts(at_home(48))),
        (FIRES, "five hours after a dose at home", NEW, after(53, _about="d48", dissociation=2), facts(at_home(48))),
        (
            FIRES,
            "five hours after a dose at home that was planned",
            NEW,
            after(5, _about="p0", dissociation=2),
            planned(0, taken=[at_home(0, plan="p0")]),
        ),
        (
            IS_NOT,
            "an hour after it, which was taken later than planned",
            NOTHING,
            after(7, _about="p0", dissociation=2),
            planned(0, taken=[at_home(6, plan="p0")]),
        ),
        (LINE, "a minute later", NEW, after(4 + 1 / 60, dissociation=3), facts()),
        (LINE, "a little detached", NOTHING, after(5, dissociation=1), facts()),
        (IS_NOT, "was detached and no longer is", NOTHING, after(20, dissociation=(3, False)), facts()),
        (MISSING, "does not say whether it goes on", NEW, after(20, dissociation=(3, None)), facts()),
        (IS_NOT, "nor how long, in the hours when it is expected", NOTHING, after(3, dissociation=(3, None)), facts()),
        (IS_NOT, "says that it was over in an hour", NOTHING, after(20, dissociation=(3, None, "under-1h")), facts()),
        (FIRES, "as bad as an hour ago", SAME, after(6, dissociation=2), facts(after(5, dissociation=2))),
        (FIRES, "worse than an hour ago", NEW, after(6, dissociation=3), facts(after(5, dissociation=2))),
        (FIRES, "as bad as in the hours when it was expected", NEW, after(30, dissociation=2), facts(ALOOF)),
        (
            FIRES,
            "an update says that it is still there",
            NEW,
            update(ALOOF, 30, dissociation=2),
            facts(earlier=[ALOOF]),
        ),
        (IS_NOT, "an update within the hours", NOTHING, update(ALOOF, 3.5, dissociation=3), facts(earlier=[ALOOF])),
        (
            FIRES,
            "a second update says the same",
            SAME,
            update(after(20, dissociation=2), 30, dissociation=2),
            facts(earlier=[after(20, dissociation=2)]),
        ),
        (MISSING, "no dose is known and the phone said next day", NEW, after(20, "next-day", derealisation=2), ALONE),
        (IS_NOT, "no dose is known and the phone said acute", NOTHING, after(3, "acute", derealisation=2), ALONE),
    ],
    "detached-afraid": [
        (FIRES, "still detached at five hours and afraid", NEW, after(5, dissociation=2, anxiety=2), facts()),
        (LINE, "and a little anxious", NOTHING, after(5, dissociation=2, anxiety=1), facts()),
        (IS_NOT, "afraid and detached at three hours", NOTHING, after(3, dissociation=3, panic=3), facts()),
        (MISSING, "of fear nothing was said", NOTHING, after(5, dissociation=3), facts()),
        (FIRES, "is afraid an hour later", NEW, after(6, dissociation=2, panic=2), facts(after(5, dissociation=2))),
        (FIRES, "as an hour ago", SAME, after(6, dissociation=2, panic=2), facts(after(5, dissociation=2, panic=2))),
        (FIRES, "an update adds the fear", NEW, update(ALOOF, 30, dissociation=2, panic=2), facts(earlier=[ALOOF])),
        (LATE, "the dose is recorded late", NEW, after(5, _about=None, dissociation=2, panic=2), facts()),
    ],
    "drowsy": [
        (FIRES, "very drowsy at five hours", NEW, after(5, drowsiness=3), facts()),
        (LINE, "drowsy at five hours", NOTHING, after(5, drowsiness=2), facts()),
        (LINE, "very drowsy at four hours", NOTHING, after(4, drowsiness=3), facts()),
        (IS_NOT, "no longer", NOTHING, after(5, drowsiness=(3, False)), facts()),
        (MISSING, "does not say whether it goes on", NEW, after(5, drowsiness=(3, None)), facts()),
        (IS_NOT, "says that it was over in four", NOTHING, after(5, drowsiness=(3, None, "1-4h")), facts()),
        (LATE, "the dose is recorded late", NEW, after(5, _about=None, drowsiness=3), facts()),
        (IS_NOT, "after one that is not recorded yet", NOTHING, after(48, "acute", None, drowsiness=3), facts()),
        (FIRES, "two days after the last one", NEW, after(48, None, None, drowsiness=3), facts()),
    ],
    "vomiting": [
        (FIRES, "still throws up at thirteen hours", NEW, after(13, vomiting=2), facts()),
        (LINE, "at twelve hours", NOTHING, after(12, vomiting=3), facts()),
        (
            FIRES,
            "between treatments, for longer than twelve hours",
            NEW,
            between(9, vomiting=(2, True, "longer")),
            ALONE,
        ),
        (MISSING, "between treatments, and does not say how long", NOTHING, between(9, vomiting=(3, True)), ALONE),
        (IS_NOT, "no longer", NOTHING, after(13, vomiting=(3, False)), facts()),
        (MISSING, "does not say whether it goes on", NEW, after(13, vomiting=(2, None)), facts()),
        (LATE, "the dose is recorded late", NEW, after(13, _about=None, vomiting=2), facts()),
    ],
    "pulse": [
        (FIRES, "121", NEW, after(9, pulse=121), facts()),
        (LINE, "120", NOTHING, after(9, pulse=120), facts()),
        (LINE, "50", NOTHING, after(9, pulse=50), facts()),
        (LINE, "49", NEW, after(9, pulse=49), facts()),
        (MISSING, "no pulse was taken", NOTHING, after(9, systolic=120), facts()),
        (FIRES, "as fast as the day before", SAME, after(9, pulse=121), facts(after(-15, pulse=125))),
        (FIRES, "faster than the day before", NEW, after(9, pulse=126), facts(after(-15, pulse=125))),
        (FIRES, "too slow, and too fast the day before", NEW, after(9, pulse=45), facts(after(-15, pulse=125))),
        (
            FIRES,
            "as it should be in between",
            NEW,
            after(9, pulse=121),
            facts(after(-15, pulse=125), after(-9, pulse=80)),
        ),
        (LINE, "as fast four weeks and an hour ago", NEW, between(28, pulse=121), facts(after(-1, pulse=125))),
        (IS_NOT, "a nurse stands by at the peak", NOTHING, nurse(150, 80, pulse=122)[1], facts()),
        (FIRES, "as fast before leaving", NEW, nurse(150, 80, pulse=122)[2], facts(nurses=nurse(150, 80, pulse=122))),
        (LATE, "it comes late", NEW, after(9, pulse=121), facts(after(20, pulse=80))),
    ],
    "palpitations": [
        (FIRES, "severe", NEW, after(9, palpitations=3), facts()),
        (LINE, "moderate", NOTHING, after(9, palpitations=2), facts()),
        (FIRES, "as severe as an hour ago", SAME, after(9, palpitations=3), facts(after(8, palpitations=3))),
        (IS_NOT, "an hour after a dose, as expected", NOTHING, after(1, palpitations=3), facts()),
        (FIRES, "an hour after it, with chest pain", NEW, after(1, palpitations=3, chest_pain=1), facts()),
        (
            FIRES,
            "as severe as in the hours when it was expected",
            NEW,
            after(9, palpitations=3),
            facts(after(1, palpitations=3)),
        ),
        (MISSING, "was not asked", NOTHING, after(9, nausea=3), facts()),
        (LATE, "it comes late, before a milder one", NEW, after(9, palpitations=3), facts(after(20, palpitations=1))),
    ],
    "blood-in-urine": [
        (FIRES, "sees blood", NEW, between(9, blood_in_urine=1), ALONE),
        (FIRES, "again, as much", SAME, between(9, blood_in_urine=1), facts(between(8, blood_in_urine=1))),
        (
            FIRES,
            "as much after the next treatment",
            SAME,
            between(9, blood_in_urine=1),
            facts(after(20, blood_in_urine=1)),
        ),
        (
            LINE,
            "as much six weeks and a day later",
            SAME,
            between(43, blood_in_urine=1),
            facts(after(0, blood_in_urine=1)),
        ),
        (
            LINE,
            "as much twelve weeks and a day later",
            NEW,
            between(85, blood_in_urine=1),
            facts(after(0, blood_in_urine=1)),
        ),
        (FIRES, "sees more", NEW, between(9, blood_in_urine=2), facts(between(8, blood_in_urine=1))),
        (FIRES, "updates that it is more", NEW, update(BLOOD, 9.5 * 24, blood_in_urine=3), facts(earlier=[BLOOD])),
        (
            FIRES,
            "updates that it is as it was",
            SAME,
            update(BLOOD, 9.5 * 24, blood_in_urine=1),
            facts(earlier=[BLOOD]),
        ),
        (
            FIRES,
            "again after a clear day",
            NEW,
            between(9, blood_in_urine=1),
            facts(between(7, blood_in_urine=1), between(8, blood_in_urine=0)),
        ),
        (IS_NOT, "sees none", NOTHING, between(9, blood_in_urine=0), ALONE),
        (MISSING, "was not asked", NOTHING, between(9, nocturia=3), ALONE),
        (LATE, "it comes late", NEW, between(9, blood_in_urine=1), facts(between(10, blood_in_urine=1))),
    ],
    "jaundice": [
        (FIRES, "is yellow", NEW, between(9, jaundice=1), ALONE),
        (FIRES, "as before", SAME, between(9, jaundice=1), facts(between(8, jaundice=1))),
        (IS_NOT, "is not", NOTHING, between(9, jaundice=0), ALONE),
        (MISSING, "was not asked", NOTHING, between(9, nausea=1), ALONE),
        (LATE, "it comes late", NEW, between(9, jaundice=1), facts(between(10, jaundice=1))),
    ],
    "elevated-mood": [
        (IS_NOT, "was asked and has not", NOTHING, between(9, elevated_mood=0), ALONE),
        (FIRES, "far too much energy, moderate", NEW, between(9, elevated_mood=2), ALONE),
        (LINE, "mild", NOTHING, between(9, elevated_mood=1), ALONE),
        (FIRES, "as before", SAME, between(9, elevated_mood=2), facts(between(8, elevated_mood=2))),
        (MISSING, "was not asked", NOTHING, between(9, anxiety=3), ALONE),
        (LATE, "it comes late", NEW, between(9, elevated_mood=2), facts(between(10, elevated_mood=3))),
    ],
    "elevated-days": [
        (
            FIRES,
            "little sleep and high energy for two days, and a sign",
            NEW,
            check_in(9, energy=8, sleep=5),
            facts(check_in(8, energy=9, sleep=4), between(9, elevated_mood=1)),
        ),
        (
            FIRES,
            "on the first and the third day",
            NEW,
            check_in(9, energy=8, sleep=5),
            facts(check_in(7, energy=9, sleep=4), between(8, elevated_mood=1)),
        ),
        (
            LINE,
            "on the first and the fourth day",
            NOTHING,
            check_in(9, energy=8, sleep=5),
            facts(check_in(6, energy=9, sleep=4), between(8, elevated_mood=1)),
        ),
        (IS_NOT, "without a sign", NOTHING, check_in(9, energy=8, sleep=5), facts(check_in(8, energy=9, sleep=4))),
        (
            FIRES,
            "and risky spending",
            NEW,
            check_in(9, energy=8, sleep=5),
            facts(check_in(8, energy=9, sleep=4), between(9, risky_spending=1)),
        ),
        (
            MISSING,
            "sleep was not said",
            NOTHING,
            check_in(9, energy=9),
            facts(check_in(8, energy=9, sleep=4), between(9, elevated_mood=1)),
        ),
        (
            LINE,
            "half an hour more sleep",
            NOTHING,
            check_in(9, energy=8, sleep=5.5),
            facts(check_in(8, energy=9, sleep=4), between(9, elevated_mood=1)),
        ),
        (
            LATE,
            "the first day and the sign come late",
            NEW,
            check_in(9, energy=8, sleep=5),
            facts(check_in(8, energy=9, sleep=4), check_in(10, energy=5, sleep=8), between(9, elevated_mood=1)),
        ),
    ],
    "elevated-report": [
        (
            FIRES,
            "the sign comes after two such days",
            NEW,
            between(9, elevated_mood=1),
            facts(check_in(8, energy=9, sleep=4), check_in(9, energy=9, sleep=4)),
        ),
        (
            FIRES,
            "racing thoughts after two such days",
            NEW,
            between(9, racing_thoughts=2),
            facts(check_in(8, energy=9, sleep=4), check_in(9, energy=9, sleep=4)),
        ),
        (IS_NOT, "racing thoughts alone", NOTHING, between(9, racing_thoughts=3), ALONE),
        (LINE, "after one such day", NOTHING, between(9, elevated_mood=1), facts(check_in(8, energy=9, sleep=4))),
        (MISSING, "no check-in is known", NOTHING, between(9, elevated_mood=1), ALONE),
        (
            LATE,
            "the days come late",
            NEW,
            between(9, elevated_mood=1),
            facts(check_in(9, energy=9, sleep=4), check_in(10, energy=9, sleep=4)),
        ),
    ],
    "mood-lowest": [
        (IS_NOT, "mood 6", NOTHING, check_in(0, mood=6), ALONE),
        (FIRES, "mood 1", NEW, check_in(0, mood=1), ALONE),
        (LINE, "mood 2", NOTHING, check_in(0, mood=2), ALONE),
        (FIRES, "mood 1, and 0 ten days ago", SAME, check_in(0, mood=1), facts(check_in(-10, mood=0))),
        (
            FIRES,
            "as good as before in between",
            NEW,
            check_in(0, mood=0),
            facts(check_in(-9, mood=0), check_in(-5, mood=7)),
        ),
        (
            FIRES,
            "a little better in between",
            SAME,
            check_in(0, mood=0),
            facts(check_in(-9, mood=0), check_in(-5, mood=2)),
        ),
        (
            FIRES,
            "good, and then as low as yesterday",
            SAME,
            check_in(0, mood=0),
            facts(check_in(-9, mood=7), check_in(-5, mood=0), check_in(-1, mood=1)),
        ),
        (LINE, "mood 1, and 1 fifteen days ago", NEW, check_in(0, mood=1), facts(check_in(-15, mood=1))),
        (MISSING, "mood was not said", NOTHING, check_in(0, thoughts="no"), ALONE),
        (FIRES, "changes 1 to 0", NEW, changed(check_in(0, mood=1), mood=0), facts(earlier=[check_in(0, mood=1)])),
        (FIRES, "changes 0 to 1", SAME, changed(check_in(0, mood=0), mood=1), facts(earlier=[check_in(0, mood=0)])),
        (LATE, "it comes late, before another", NEW, check_in(0, mood=1), facts(check_in(1, mood=1))),
    ],
    "mood-below": [
        (FIRES, "three days two below a steady baseline", NEW, steady(5, 5, 5)[-1], facts(*steady(5, 5, 5))),
        (LINE, "three days hardly below", NOTHING, steady(5, 5, 6)[-1], facts(*steady(5, 5, 6))),
        (FIRES, "a fourth such day", SAME, steady(4, 4, 4, 4)[-1], facts(*steady(4, 4, 4, 4))),
        (
            LINE,
            "thirteen days make no baseline",
            NOTHING,
            steady(2, 2, 2, days=13)[-1],
            facts(*steady(2, 2, 2, days=13)),
        ),
        (LINE, "fourteen do", NEW, steady(2, 2, 2, days=14)[-1], facts(*steady(2, 2, 2, days=14))),
        (
            MISSING,
            "two days are missing among the last",
            NOTHING,
            check_in(0, mood=2),
            facts(*(one for one in steady(7, 7, 7, 2, 2) if one.day.day not in (14, 15, 16, 17, 18, 19))),
        ),
        (LATE, "a day that came late completes the three", NEW, steady(5, 5, 5)[-1], facts(*steady(5, 5, 5)[:-1])),
        (FIRES, "in maintenance, by weekly check-ins, three of them two lower", NEW, *weekly(5, 5, 5)),
        (LINE, "in maintenance three weekly ones hardly lower", NOTHING, *weekly(5, 5, 6)),
        (FIRES, "in maintenance a fourth weekly one as low", SAME, *weekly(4, 4, 4, 4)),
        (LINE, "in maintenance seven check-ins make no baseline", NOTHING, *weekly(5, 5, 5, of=7)),
        (LINE, "in maintenance the last ones lie too far apart", NOTHING, *weekly(5, 5, 5, every=11)),
        (LATE, "in maintenance one of the weekly ones came late", NEW, *weekly(5, 5, 5)),
        (
            IS_NOT,
            "by weekly check-ins in the induction, where they come daily",
            NOTHING,
            *weekly(5, 5, 5, maintenance=False),
        ),
        (FIRES, "after a dose it is two lower than it always was by then", NEW, *sawtooth(6, 6, 6)),
        (IS_NOT, "it is hardly lower", NOTHING, *sawtooth(6, 6, 7)),
        (IS_NOT, "before a dose it is as low as it always was by then", NOTHING, *sawtooth(8, 8, 8, 7, 4, 4, 4)),
        (
            IS_NOT,
            "two earlier doses are too few, so that all days are held together",
            NOTHING,
            *sawtooth(6, 6, 6, weeks=2),
        ),
        (LATE, "the doses are recorded late", NEW, *sawtooth(6, 6, 6)),
    ],
    "pressure-after": [
        (LATE, "the dose is recorded late", NEW, after(6, _about=None, systolic=165, diastolic=80), facts()),
        (FIRES, "165 after a session", NEW, after(6, systolic=165, diastolic=80), facts()),
        (LINE, "164/99", NOTHING, after(6, systolic=164, diastolic=99), facts()),
        (FIRES, "rose by 40", NEW, after(6, systolic=150, diastolic=80), facts(after(-2, systolic=110, diastolic=70))),
        (
            LINE,
            "rose by 39",
            NOTHING,
            after(6, systolic=149, diastolic=80),
            facts(after(-2, systolic=110, diastolic=70)),
        ),
        (IS_NOT, "two days later", NOTHING, after(49, systolic=180, diastolic=100), facts()),
        (
            FIRES,
            "as high as an hour ago",
            SAME,
            after(6, systolic=165, diastolic=80),
            facts(after(5, systolic=170, diastolic=80)),
        ),
        (MISSING, "no dose is known", NOTHING, after(6, systolic=170, diastolic=90), ALONE),
        (MISSING, "the lower number is missing and the upper is high", NEW, after(3, systolic=178), facts()),
        (MISSING, "the upper number is missing and the lower is high", NEW, after(3, diastolic=100), facts()),
        (MISSING, "the lower number is missing and the upper is not high", NOTHING, after(3, systolic=164), facts()),
        (
            MISSING,
            "rose by 40, and the lower number is missing",
            NEW,
            after(6, systolic=150),
            facts(after(-2, systolic=110)),
        ),
        (
            MISSING,
            "of that number no earlier one is known",
            NOTHING,
            after(6, systolic=150),
            facts(after(-2, diastolic=70)),
        ),
        (
            FIRES,
            "the lower number rose since",
            NEW,
            after(6, systolic=168, diastolic=119),
            facts(after(5, systolic=170, diastolic=95)),
        ),
        (
            FIRES,
            "as far above the reading before as an hour ago",
            SAME,
            after(6, systolic=150, diastolic=80),
            facts(after(-2, systolic=110, diastolic=70), after(5, systolic=150, diastolic=80)),
        ),
        (IS_NOT, "a nurse stands by at the peak", NOTHING, nurse(168, 95)[1], facts()),
        (FIRES, "as high before leaving", NEW, nurse(168, 95)[2], facts(nurses=nurse(168, 95))),
    ],
    "pressure-before": [
        (FIRES, "141 the day before a session", NEW, after(20, systolic=141, diastolic=80), facts(more=[TOMORROW])),
        (LINE, "140/90", NOTHING, after(20, systolic=140, diastolic=90), facts(more=[TOMORROW])),
        (IS_NOT, "two days before", NOTHING, after(-10, systolic=150, diastolic=95), facts(dose=None, more=[TOMORROW])),
        (IS_NOT, "nothing is planned", NOTHING, after(30, systolic=150, diastolic=95), facts()),
        (MISSING, "the lower number is missing", NEW, after(20, systolic=160), facts(more=[TOMORROW])),
        (MISSING, "the upper number is missing", NEW, after(20, diastolic=91), facts(more=[TOMORROW])),
        (
            FIRES,
            "as high as before the last session",
            SAME,
            after(20, systolic=150),
            facts(HIGH_BEFORE, more=[TOMORROW]),
        ),
        (FIRES, "higher than that", NEW, after(20, systolic=151), facts(HIGH_BEFORE, more=[TOMORROW])),
        (FIRES, "and lower in between", NEW, after(20, systolic=150), facts(HIGH_BEFORE, FINE, more=[TOMORROW])),
        (
            FIRES,
            "as high on a day before nothing, which raised nothing",
            NEW,
            after(20, systolic=150),
            facts(after(-40, systolic=150), more=[TOMORROW]),
        ),
        (MISSING, "no reading", NOTHING, after(20, nausea=1), facts(more=[TOMORROW])),
        (
            LATE,
            "it comes late, after one that is as it should be",
            NEW,
            after(20, systolic=141, diastolic=80),
            facts(after(30, systolic=120, diastolic=80), more=[TOMORROW]),
        ),
    ],
    "bladder-first": [
        (FIRES, "mild bladder pain", NEW, between(9, bladder_pain=1), ALONE),
        (FIRES, "burns when passing urine", NEW, between(9, painful_urination=1), ALONE),
        (FIRES, "as before", SAME, between(9, bladder_pain=1), facts(between(8, bladder_pain=1))),
        (
            FIRES,
            "as before, after the next treatment",
            SAME,
            between(9, bladder_pain=1),
            facts(after(20, bladder_pain=1)),
        ),
        (
            LINE,
            "as before, six weeks and a day later",
            SAME,
            between(43, bladder_pain=1),
            facts(after(0, bladder_pain=1)),
        ),
        (IS_NOT, "has to go often, without pain", NOTHING, between(9, urinary_frequency=3), ALONE),
        (MISSING, "was not asked", NOTHING, between(9, nausea=1), ALONE),
        (LATE, "it comes late", NEW, between(9, bladder_pain=1), facts(between(10, bladder_pain=1))),
    ],
    "bladder-pattern": [
        (
            FIRES,
            "two symptoms twice, a week apart",
            NEW,
            between(9, nocturia=2, leakage=2),
            facts(between(2, nocturia=2, leakage=2)),
        ),
        (FIRES, "a week apart, in an update", NEW, update(SORE, 9 * 24, nocturia=2, leakage=2), facts(earlier=[SORE])),
        (
            IS_NOT,
            "an update says that they are over",
            NOTHING,
            update(SORE, 9 * 24, nocturia=(2, False), leakage=(2, False)),
            facts(earlier=[SORE]),
        ),
        (
            FIRES,
            "for the third time, and no worse",
            SAME,
            between(16, nocturia=2, leakage=2),
            facts(between(2, nocturia=2, leakage=2), between(9, nocturia=2, leakage=2)),
        ),
        (
            FIRES,
            "for the third time, and worse",
            NEW,
            between(16, nocturia=2, leakage=3),
            facts(between(2, nocturia=2, leakage=2), between(9, nocturia=2, leakage=2)),
        ),
        (LINE, "six days apart", NOTHING, between(9, nocturia=2, leakage=2), facts(between(3, nocturia=2, leakage=2))),
        (
            IS_NOT,
            "one of them mild",
            NOTHING,
            between(9, nocturia=2, leakage=1),
            facts(between(2, nocturia=2, leakage=2)),
        ),
        (
            LINE,
            "one mild symptom for fifteen days",
            NEW,
            between(16, nocturia=1),
            facts(between(1, nocturia=1), between(8, nocturia=1)),
        ),
        (LINE, "for fourteen days", NOTHING, between(15, nocturia=1), facts(between(1, nocturia=1))),
        (
            IS_NOT,
            "for fifteen days, with a day without",
            NOTHING,
            between(16, nocturia=1),
            facts(between(1, nocturia=1), between(8, nocturia=0)),
        ),
        (MISSING, "no earlier report", NOTHING, between(9, nocturia=3, leakage=3), ALONE),
        (
            MISSING,
            "of the bladder nothing was said",
            NOTHING,
            between(9, nausea=3),
            facts(between(2, nocturia=2, leakage=2)),
        ),
        (
            LATE,
            "the first of them comes late",
            NEW,
            between(9, nocturia=2, leakage=2),
            facts(between(2, nocturia=2, leakage=2), between(10, nausea=1)),
        ),
    ],
    "craving": [
        (LATE, "the first comes late", NEW, between(9, craving=2), facts(between(4, craving=2), between(10, nausea=1))),
        (FIRES, "a strong urge twice, five days apart", NEW, between(9, craving=2), facts(between(4, craving=2))),
        (FIRES, "and five days later in an update", NEW, update(URGE, 7 * 24, craving=2), facts(earlier=[URGE])),
        (
            IS_NOT,
            "an update says that it is over",
            NOTHING,
            update(URGE, 7 * 24, craving=(2, False)),
            facts(earlier=[URGE]),
        ),
        (IS_NOT, "once", NOTHING, between(9, craving=3), ALONE),
        (LINE, "twice within four days", NOTHING, between(9, craving=3), facts(between(5, craving=3))),
        (IS_NOT, "mild the second time", NOTHING, between(9, craving=1), facts(between(4, craving=3))),
        (
            FIRES,
            "for the third time",
            SAME,
            between(14, craving=2),
            facts(between(4, craving=2), between(9, craving=2)),
        ),
        (FIRES, "and stronger", NEW, between(14, craving=3), facts(between(4, craving=2), between(9, craving=2))),
        (LINE, "eight weeks apart", NEW, between(60, craving=3), facts(between(4, craving=3))),
        (LINE, "eight weeks and a day apart", NOTHING, between(61, craving=3), facts(between(4, craving=3))),
        (MISSING, "of an urge nothing was said", NOTHING, between(9, nausea=1), facts(between(4, craving=3))),
    ],
    "dark-urine-pain": [
        (FIRES, "dark urine and pain in the upper belly", NEW, between(9, dark_urine=1, upper_abdominal_pain=1), ALONE),
        (
            FIRES,
            "as the week before",
            SAME,
            between(9, dark_urine=1, upper_abdominal_pain=1),
            facts(between(2, dark_urine=1, upper_abdominal_pain=1)),
        ),
        (
            FIRES,
            "the pain is new",
            NEW,
            between(9, dark_urine=1, upper_abdominal_pain=1),
            facts(between(2, dark_urine=1, upper_abdominal_pain=0)),
        ),
        (
            FIRES,
            "the pain half a day after",
            NEW,
            between(9.5, upper_abdominal_pain=1),
            facts(between(9, dark_urine=1)),
        ),
        (
            LINE,
            "the pain two days after",
            NOTHING,
            between(11, upper_abdominal_pain=1),
            facts(between(9, dark_urine=1)),
        ),
        (IS_NOT, "dark urine alone", NOTHING, between(9, dark_urine=3, upper_abdominal_pain=0), ALONE),
        (MISSING, "of pain nothing was said", NOTHING, between(9, dark_urine=3), ALONE),
        (
            LATE,
            "it comes late",
            NEW,
            between(9, dark_urine=1, upper_abdominal_pain=1),
            facts(between(10, dark_urine=1, upper_abdominal_pain=1)),
        ),
    ],
    "pregnancy": [
        (FIRES, "is pregnant", NEW, between(9, pregnancy=1), ALONE),
        (FIRES, "breastfeeds", NEW, between(9, breastfeeding=1), ALONE),
        (FIRES, "breastfeeds, as a month ago", SAME, between(39, breastfeeding=1), facts(between(9, breastfeeding=1))),
        (IS_NOT, "is not", NOTHING, between(9, pregnancy=0, breastfeeding=0), ALONE),
        (MISSING, "was not asked", NOTHING, between(9, nausea=1), ALONE),
        (LATE, "it comes late", NEW, between(9, pregnancy=1), facts(between(10, pregnancy=1))),
    ],
    "nocturia": [
        (
            LATE,
            "it comes late, before one that is as at first",
            NEW,
            between(9, nocturia=2),
            facts(SELDOM, between(12, nocturia=0)),
        ),
        (FIRES, "often, and never at first", NEW, between(9, nocturia=2), facts(between(-3, nocturia=0))),
        (FIRES, "severe, and mild at first", NEW, between(9, nocturia=3), facts(between(-3, nocturia=1))),
        (LINE, "moderate, and mild at first", NOTHING, between(9, nocturia=2), facts(between(-3, nocturia=1))),
        (FIRES, "severe, and moderate at first", NEW, between(9, nocturia=3), facts(between(-3, nocturia=2))),
        (IS_NOT, "severe, as at first", NOTHING, between(9, nocturia=3), facts(between(-3, nocturia=3))),
        (IS_NOT, "mild, and moderate at first", NOTHING, between(9, nocturia=1), facts(between(-3, nocturia=2))),
        (
            FIRES,
            "as often as the week before",
            SAME,
            between(9, nocturia=2),
            facts(between(-3, nocturia=0), between(2, nocturia=2)),
        ),
        (MISSING, "it was never asked before", NOTHING, between(9, nocturia=3), ALONE),
        (
            FIRES,
            "an update of the first answer",
            NEW,
            update(SELDOM, 9 * 24, nocturia=2),
            Facts(nights=replace(SELDOM, version="now", effects={"nocturia": Had(2)}), earlier=[SELDOM]),
        ),
        (IS_NOT, "the first answer is this one", NOTHING, between(9, nocturia=3), facts(between(9, nocturia=3))),
        (IS_NOT, "what came first was written later", NOTHING, between(9, nocturia=3), facts(between(10, nocturia=0))),
        (MISSING, "was not asked", NOTHING, between(9, leakage=3), facts(between(-3, nocturia=0))),
    ],
    "took-more": [
        (FIRES, "took more", NEW, between(9, took_more=1), ALONE),
        (FIRES, "took more again", NEW, between(37, took_more=1), facts(between(9, took_more=1))),
        (IS_NOT, "did not", NOTHING, between(9, took_more=0), ALONE),
        (MISSING, "was not asked", NOTHING, between(9, craving=3), ALONE),
        (LATE, "it comes late", NEW, between(9, took_more=1), facts(between(10, took_more=0))),
    ],
    "dose-beyond-plan": [
        (IS_NOT, "as planned", NOTHING, at_home(0), planned(0)),
        (FIRES, "nothing was planned for that day", NEW, at_home(0), planned(48)),
        (LINE, "twelve hours sooner", NOTHING, at_home(0), planned(12)),
        (LINE, "sooner than that", NEW, at_home(0), planned(12.5)),
        (IS_NOT, "later than planned", NOTHING, at_home(20), planned(0)),
        (IS_NOT, "two days later, and says which one it is", NOTHING, at_home(48, plan="p0"), planned(0)),
        (LINE, "a tenth more", NOTHING, at_home(0, mg=110), planned(0)),
        (LINE, "more than that", NEW, at_home(0, mg=111), planned(0)),
        (MISSING, "by weight, which is not known", NOTHING, at_home(0, mg=999), facts(dose=None, more=[plan(0, None)])),
        (FIRES, "the same one twice", NEW, at_home(3), planned(0, taken=[at_home(0)])),
        (LATE, "one of them was written down late", NOTHING, at_home(0), planned(0, taken=[at_home(3)])),
        (FIRES, "is treated at the clinic alone", NEW, at_home(0), facts()),
        (FIRES, "and takes a second one", SAME, at_home(48), facts(at_home(0))),
        (MISSING, "nothing is known of any treatment", NOTHING, at_home(0), ALONE),
        (
            FIRES,
            "says that they are well after it",
            SAME,
            replace(at_home(0, ok=1), version="well", stands_on=("v0",)),
            facts(dose=None, more=[plan(48)], earlier=[at_home(0)]),
        ),
    ],
    "drove": [
        (FIRES, "drove", NEW, after(9, drove=1), facts()),
        (FIRES, "drove the time before as well", NEW, after(9, drove=1), facts(after(-90, drove=1))),
        (IS_NOT, "did not", NOTHING, after(9, drove=0), facts()),
        (MISSING, "was not asked", NOTHING, after(9, nausea=1), facts()),
        (LATE, "it comes late", NEW, after(9, drove=1), facts(after(30, drove=0))),
    ],
    "new-drug": [
        (FIRES, "takes a new one", NEW, between(9, new_drug=1), ALONE),
        (FIRES, "takes it still", SAME, between(37, new_drug=1), facts(between(9, new_drug=1))),
        (FIRES, "takes another after a time without", NEW, between(37, new_drug=1), facts(between(9, new_drug=0))),
        (IS_NOT, "takes none", NOTHING, between(9, new_drug=0), ALONE),
        (MISSING, "was not asked", NOTHING, between(9, nausea=1), ALONE),
        (LATE, "it comes late", NEW, between(9, new_drug=1), facts(between(10, new_drug=1))),
    ],
    "call": [
        (LATE, "it comes late, before another", NEW, Call("a", "b", NOON), facts(check_in(1, mood=5))),
        (FIRES, "asks to be called", NEW, Call("a", "b", NOON), ALONE),
        (FIRES, "changes the line beside it", SAME, Call("a", "c", NOON, ["b"]), facts(earlier=[Call("a", "b", NOON)])),
        (IS_NOT, "writes and does not ask", NOTHING, check_in(0, mood=5), ALONE),
    ],
}


#: the kind, what happened, what is known, hours after the session, whether silence is found
SILENCES = [
    (FIRES, "a day without a word", facts(), 24, True),
    (LINE, "a minute before", facts(), 23.98, False),
    (IS_NOT, "checked in meanwhile", facts(check_in(0.5, mood=4)), 24, False),
    (IS_NOT, "reported effects meanwhile", facts(after(2, nausea=1)), 24, False),
    (IS_NOT, "wrote down a thought meanwhile", facts(wrote=[NOON + timedelta(hours=3)]), 24, False),
    (FIRES, "wrote down a thought before it", facts(wrote=[NOON - timedelta(hours=3)]), 24, True),
    (IS_NOT, "took a dose at home meanwhile and is well", facts(at_home(5, ok=8)), 24, False),
    (FIRES, "wrote only before the session", facts(check_in(-0.5, mood=4)), 24, True),
    (LINE, "in maintenance a day is not long", facts(maintenance=True), 24, False),
    (LINE, "in maintenance two days are", facts(maintenance=True), 48, True),
    (MISSING, "no session was given", facts(dose=Treatment("dose", NOON, "planned")), 24, False),
    (LINE, "it is a week ago", facts(), 24 * 7, False),
    (LATE, "the session was recorded late", facts(), 60, True),
    (LATE, "a phone that is a year ahead wrote before it", facts(came(-1, check_in(365, mood=4))), 24, True),
    (LATE, "a phone that is a year ahead wrote after it", facts(came(2, check_in(365, mood=4))), 24, False),
]
#: the same of a dose at home
NOT_OK = [
    (FIRES, "six hours without a word", at_home(0), 6, True),
    (LINE, "a minute before", at_home(0), 5.98, False),
    (IS_NOT, "said that they are OK", at_home(0, ok=2), 6, False),
    (FIRES, "said so after seven hours", at_home(0, ok=7), 6, True),
    (LATE, "that they are OK came late", at_home(0, ok=2), 9, False),
    (FIRES, "nobody looked for two days", at_home(0), 48, True),
    (LINE, "it is a week ago", at_home(0), 24 * 7, False),
    (LATE, "the dose was written down late", at_home(0), 20, True),
    (LATE, "it is two weeks ago and has just come", came(24 * 14, at_home(0)), 24 * 14, True),
    (LATE, "a phone that is a year ahead wrote it down", came(0, at_home(24 * 365)), 6, True),
    (LATE, "a phone that is a year ahead said that they are OK", came(2, at_home(0, ok=24 * 365)), 6, False),
]
WEAK, WORDS = "it is there or not, however weak", "an answer in words has no line"
#: rule → kinds that it cannot have, and why
WITHOUT = {
    **{rule: {LINE: WEAK} for rule in ("breathing", "fainting", "seizure", "jaundice", "pregnancy")},
    **{rule: {LINE: WEAK} for rule in ("took-more", "drove", "new-drug")},
    "thoughts-rather-not-say": {LINE: WORDS},
    "call": {LINE: WORDS, MISSING: "whoever asks for nothing asks for no call"},
    "no-ok": {MISSING: "what is missing is what it is about"},
}
BY_TIME = {"silent": SILENCES, "no-ok": NOT_OK}


@pytest.mark.parametrize("rule", [rule.id for rule in RULES])
def test_every_rule_has_its_cases_of_each_kind_or_says_why_not(rule):
    kinds = {kind for kind, *_ in {**CASES, **BY_TIME}[rule]}
    assert kinds | WITHOUT.get(rule, {}).keys() == set(KINDS)
    assert not kinds & WITHOUT.get(rule, {}).keys()


def test_there_are_no_cases_of_a_rule_that_is_gone():
    assert CASES.keys() | BY_TIME.keys() == {rule.id for rule in RULES}


@pytest.mark.parametrize(
    ("rule", "worth", "entry", "known"),
    [pytest.param(rule, *case[2:], id=f"{rule}: {case[1]}") for rule, cases in CASES.items() for case in cases],
)
def test_a_rule_fires_when_it_should(rule, worth, entry, known):
    assert weight(rule, entry, known) == worth


@pytest.mark.parametrize("figures", ["default", "min"])
@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.about], ids=lambda rule: rule.id)
def test_a_report_that_has_nothing_of_what_a_rule_is_about_does_not_make_it_fire(rule, figures):
    all_cases = [(entry, known) for cases in CASES.values() for *_, entry, known in cases]
    without = [one for one in all_cases if isinstance(one[0], Report) and one[0].has().isdisjoint(rule.about)]
    own = levels({one.id: getattr(one, figures) for one in LEVELS.values()})
    assert len(without) > 50
    assert not [entry for entry, known in without if rule.fires(entry, known, own)]


@pytest.mark.parametrize(
    ("words", "known", "hours", "raised"),
    [one[1:] for one in SILENCES],
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_silence_after_a_session_is_heard(words, known, hours, raised):
    findings = silent(known, levels({}), NOON + timedelta(hours=hours))
    assert [one.record for one in findings] == (["dose"] if raised else [])


@pytest.mark.parametrize(
    ("words", "dose", "hours", "raised"),
    [one[1:] for one in NOT_OK],
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_no_word_of_being_ok_after_a_dose_at_home_is_heard(words, dose, hours, raised):
    findings = silent(facts(dose, dose=None), levels({}), NOON + timedelta(hours=hours))
    assert [one.rule.id for one in findings] == (["no-ok"] if raised else [])


def asked_of_urges(days_between: int, late: int) -> list[datetime]:
    """When the check of urges is answered, so many days after it is due: six treatments in 18 days, and then one every
    so often."""
    days = [0, 3, 7, 10, 14, 18, *range(18 + days_between, 150, days_between)]
    taken = [Treatment(f"t{day}", NOON + timedelta(days=day), "given") for day in days]
    answers: list[datetime] = []
    for evening in (NOON + timedelta(days=day, hours=4) for day in range(150)):
        until = [one for one in taken if one.at <= evening]
        phase = "maintenance" if len(until) > 6 else "induction"
        if is_due(by_id("urges"), until, answers[-1] if answers else None, phase, evening):
            answers.append(evening + timedelta(days=late))
    return answers


@pytest.mark.parametrize("late", [0, 14])
@pytest.mark.parametrize("days_between", [7, 14, 28])
def test_a_strong_urge_in_each_check_that_asks_for_it_is_found_the_second_time(days_between, late):
    days = [(at - NOON) / timedelta(days=1) for at in asked_of_urges(days_between, late)]
    answers = [between(day, craving=3) for day in days]
    weights = [weight("craving", one, facts(*answers)) for one in answers]
    assert len(answers) >= (3 if late else 4)
    assert weights == [NOTHING, NEW] + [SAME] * (len(answers) - 2)


def test_no_rule_looks_back_further_than_is_remembered():
    assert all(timedelta(days=one.max) < BACK for one in LEVELS.values() if one.unit == "d")


def test_what_is_expected_in_the_first_hours_raises_nothing_at_all():
    expected = {"dissociation": 3, "derealisation": 3, "drowsiness": 3, "nausea": 3, "vomiting": 3, "dizziness": 3}
    expected["palpitations"] = 3
    assert not list(found([after(2, **expected)], facts(), levels({})))


def test_a_clinic_may_set_a_figure_within_its_limits_and_no_further():
    report = after(5, dissociation=2)
    assert weight("detached", report, facts(), **{"acute-hours": 6}) is NOTHING
    assert weight("detached", report, facts(), **{"acute-hours": 60}) == NEW


def test_a_rule_that_is_switched_off_is_silent():
    assert not list(found([check_in(0, mood=0)], ALONE, levels({}), off=["mood-lowest"]))


def test_every_figure_is_used_by_a_rule_that_names_it():
    assert {one for rule in RULES for one in rule.levels} == set(LEVELS)


def test_fear_and_a_headache_count_from_the_figure_that_the_clinic_set():
    report = after(5, dissociation=2, anxiety=1)
    assert weight("detached-afraid", report, facts(), **{"afraid-severity": 1}) == NEW
    report = after(9, headache=2, double_vision=1)
    assert weight("severe-headache", report, facts(), **{"headache-severity": 2}) == NEW
    assert weight("pressure-crisis", after(1, systolic=180, headache=2), facts(), **{"headache-severity": 2}) == NEW


def test_what_is_not_published_says_so():
    for rule in RULES:
        assert rule.source or rule.unconfirmed, rule.id
