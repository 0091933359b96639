"""Checks that fall due as treatments add up: by their number, their dose or the time. The phone has the same rule."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Protocol

from pwa.domain.limits import Range
from pwa.domain.words import N_

#: so long after the last treatment checks by time still come
ENDS = timedelta(weeks=12)


@dataclass(frozen=True)
class Check:
    id: str
    #: named as within a sentence
    name: str
    question: str
    #: of the catalogue
    effects: tuple[str, ...]
    #: where the figures come from, and which of them are our own
    source: str
    #: due again after so many days, treatments, or mg in all since it was answered; None: that does not count
    days: int | None = None
    treatments: int | None = None
    mg: int | None = None
    #: treatments in maintenance
    in_maintenance: int | None = None
    #: asked before the first treatment too, since later answers are compared with that one
    baseline: bool = False
    asks_pressure: bool = False
    #: due no longer than so many days after the last treatment; None: as long as it takes
    lasts: int | None = None
    #: a reminder comes when it falls due
    reminds: bool = True


CHECKS = (
    Check(
        "bladder",
        N_("bladder"),
        N_("Anything new when you pee?"),
        (
            "urinary-frequency",
            "urinary-urgency",
            "nocturia",
            "painful-urination",
            "bladder-pain",
            "blood-in-urine",
            "leakage",
        ),
        "Label of nasal esketamine: monitor through the course. Before the first, every 4 weeks, at every session of "
        "maintenance: our reading of a review of 27 studies (to April 2024). 6 treatments and 3000 mg: our own",
        days=28,
        treatments=6,
        mg=3000,
        in_maintenance=1,
        baseline=True,
    ),
    Check(
        "memory",
        N_("memory"),
        N_("How are your memory and your thinking?"),
        ("memory", "concentration", "word-finding", "brain-fog"),
        "Warning on the label of nasal esketamine; group means stable in four trials. Every 4 weeks: our own",
        days=28,
        baseline=True,
    ),
    Check(
        "pressure",
        N_("blood pressure"),
        N_("What is your blood pressure, if you have a cuff?"),
        ("palpitations", "headache"),
        "A severe rise in 12.5 % of 138 patients after an infusion (Yale, 2342 infusions). Every 4 weeks: our own",
        days=28,
        baseline=True,
        asks_pressure=True,
    ),
    Check(
        "urges",
        N_("urges"),
        N_("Do you feel a pull to take more than planned?"),
        ("craving", "took-more"),
        "Label of nasal esketamine: monitor for misuse. Every 4 weeks and every 6 treatments: our own",
        days=28,
        treatments=6,
    ),
    Check(
        "liver",
        N_("liver"),
        N_("Any of these signs that can come from the liver?"),
        ("jaundice", "dark-urine", "upper-abdominal-pain", "itching"),
        "Known of high doses that are repeated, not confirmed for treatment. Every 4 weeks and 3000 mg: our own",
        days=28,
        mg=3000,
    ),
    Check(
        "elevated-mood",
        N_("energy and sleep"),
        N_("Have you had far more energy than usual?"),
        ("elevated-mood", "less-sleep", "racing-thoughts", "risky-spending"),
        "One case of a switch after 8 doses by mouth; none in 203 patients by IV. Every 2 weeks: our own",
        days=14,
        treatments=4,
    ),
    Check(
        "changes",
        N_("what has changed"),
        N_("Has any of this changed?"),
        ("pregnancy", "breastfeeding", "new-drug"),
        "Label of nasal esketamine for pregnancy and breastfeeding; its monitoring form (REMS, USA) asks for "
        "sedatives, stimulants and MAOIs. Before the first and every 4 weeks: our own",
        days=28,
        baseline=True,
    ),
    Check(
        "driving",
        N_("driving"),
        N_("Did you drive, or do you plan to, before a night’s sleep?"),
        ("drove",),
        "Label of nasal esketamine: not until the next day, after a restful sleep. For two days after each: our own",
        treatments=1,
        lasts=2,
        reminds=False,
    ),
)


#: what a clinic may set: how often a check comes by each of these
LIMITS = {"days": Range(7, 84), "treatments": Range(1, 12), "mg": Range(100, 20_000)}


def asked(every: Mapping[str, Mapping[str, Any]], own: Mapping[str, Mapping[str, Any]]) -> list[Check]:
    """The checks as a clinic asks them. `every`: of the catalogue's, by id, how often instead; `own`: the effects that
    it added and asks as checks. The phone has the same rule."""
    ours = [replace(check, **every.get(check.id, {})) for check in CHECKS]
    return [*ours, *(Check(id_, id_, id_, (id_,), "", **often) for id_, often in own.items())]


class Taken(Protocol):
    """A treatment that was given, or a dose taken at home."""

    @property
    def at(self) -> datetime: ...
    @property
    def mg(self) -> float | None: ...


def is_due(check: Check, taken: Iterable[Taken], answered: datetime | None, phase: str, moment: datetime) -> bool:
    """`taken`: all until this moment; a dose that is not known in mg adds nothing. `answered`: when it last was.

    Only a baseline is due before the first treatment; nothing is due by time once treatments have long ended."""
    doses = sorted((dose for dose in taken if dose.at <= moment), key=lambda dose: dose.at)
    if not doses:
        return check.baseline and answered is None
    if check.lasts and moment - doses[-1].at > timedelta(days=check.lasts):
        return False
    since = [dose for dose in doses if answered is None or dose.at > answered]
    passed = moment - (answered or doses[0].at)
    every = check.in_maintenance if phase == "maintenance" and check.in_maintenance else check.treatments
    return (
        (check.baseline and answered is None)
        or bool(every and len(since) >= every)
        or bool(check.mg and sum(dose.mg or 0 for dose in since) >= check.mg)
        or bool(check.days and passed >= timedelta(days=check.days) and moment - doses[-1].at <= ENDS)
    )


def is_due_after(
    check: Check, taken: Iterable[Taken], answers: Iterable[datetime], phase: str, moment: datetime
) -> bool:
    """The same, by what was answered until then and by what adds up alone: a baseline waits on the phone, and a word
    before the first dose would call for one."""
    until = [dose for dose in taken if dose.at <= moment]
    if not until:
        return False
    begun = min(dose.at for dose in until) - timedelta.resolution
    return is_due(check, until, max((at for at in answers if at <= moment), default=begun), phase, moment)


def falls_due(
    check: Check, taken: Sequence[Taken], answers: Sequence[datetime], phase: str, before: datetime, moment: datetime
) -> bool:
    """Whether it is due at one moment and was not at the one before."""
    then, now = (is_due_after(check, taken, answers, phase, one) for one in (before, moment))
    return now and not then


def by_id(check: str) -> Check:
    """KeyError if there is no such check."""
    return _BY_ID[check]


_BY_ID = {check.id: check for check in CHECKS}
