"""What stands on the timeline beside check-ins and treatments: each on its day, in the lane of its kind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from flask_login import current_user

from pwa.clinic.desk import clinic, here
from pwa.clinic.matrix import Matrix
from pwa.clinic.queries import AnyRow
from pwa.clinic.queries import marks as ask
from pwa.clinic.standing import Standing
from pwa.clinic.words import effect_words
from pwa.domain.days import at_wall
from pwa.records import EffectsReport, ReportedEffect, Treatment

LANES = ("effects", "pressure", "checks", "alerts", "journal", "notes")
#: when a nurse measures around a treatment
PARTS = ("before", "peak", "leaving")


@dataclass(frozen=True)
class Mark:
    lane: str
    #: how it is drawn: the strongest effect, the graveness of an alert, what became of a check
    look: str
    #: what it is about; each lane has words of its own for it
    what: Any
    #: drawn as they are
    figures: str = ""


@dataclass(frozen=True)
class Reading:
    """A blood pressure."""

    #: of a treatment; "": by the patient
    part: str
    systolic: int
    diastolic: int | None

    def __str__(self) -> str:
        return f"{self.systolic}/{self.diastolic or '–'}"


Marks = Iterator[tuple[date, Mark]]


def by_day(*some: Marks) -> dict[date, list[Mark]]:
    """In the order of the lanes."""
    found: dict[date, list[Mark]] = defaultdict(list)
    for marks in some:
        for day, mark in marks:
            found[day].append(mark)
    return {day: sorted(marks, key=lambda mark: LANES.index(mark.lane)) for day, marks in found.items()}


def felt_after(matrix: Matrix) -> Marks:
    """Each effect as strong as it was reported after the treatment."""
    for column in matrix.columns:
        strongest = ((effect.label, column.strongest(effect.id)) for effect in matrix.felt)
        yield from _felt(column.treatment.day, [(name, said) for name, said in strongest if said])


def felt_between(between: Sequence[Standing[EffectsReport]], effects: Mapping[str, Sequence[ReportedEffect]]) -> Marks:
    for report in between:
        said = effects.get(report.head.version_id, ())
        yield from _felt(report.head.day, [(effect_words(one), one) for one in said])


def _felt(day: date, said: list[tuple[str, Any]]) -> Marks:
    """`said`: effect by name, and what was said of it."""
    felt = sorted((one for one in said if one[1].severity), key=lambda one: one[1].severity, reverse=True)
    if felt:
        yield day, Mark("effects", f"n{felt[0][1].severity}", felt)


def pressure(given: Sequence[Treatment], reports: Sequence[Standing[EffectsReport]]) -> Marks:
    """Around each treatment the highest is drawn, and all stand in the table."""
    for treatment in given:
        if readings := list(_measured(treatment.observed or {})):
            yield treatment.day, Mark("pressure", "", readings, str(max(readings, key=_how_high)))
    for report in reports:
        for reading in _told(report.head):
            yield report.head.day, Mark("pressure", "", [reading], str(reading))


def highest(treatment: Treatment, reports: Sequence[Standing[EffectsReport]]) -> str:
    """Of what was measured around a treatment or told after it; "": nothing."""
    readings = [*_measured(treatment.observed or {}), *(one for report in reports for one in _told(report.head))]
    return str(max(readings, key=_how_high)) if readings else ""


def _how_high(reading: Reading) -> tuple[int, int]:
    return reading.systolic, reading.diastolic or 0


def _told(report: EffectsReport) -> Iterator[Reading]:
    if report.systolic is not None:
        yield Reading("", report.systolic, report.diastolic)


def _measured(observed: Mapping[str, Any]) -> Iterator[Reading]:
    for part in PARTS:
        if systolic := observed.get(f"{part}_systolic"):
            yield Reading(part, systolic, observed.get(f"{part}_diastolic"))


def alerts_and_words(patient: AnyRow, first: date) -> Marks:
    """Alerts with what was done, journal entries that are shared with the reader, and the care team's notes."""
    since = at_wall(first, time(0), clinic().zone)
    for one in ask.alerts(current_user, patient, since):
        yield here(one.alert.raised_at).date(), Mark("alerts", one.alert.tier, one)
    for entry in ask.shared(current_user, patient, first):
        yield entry.day, Mark("journal", "", entry)
    for note in ask.notes(current_user, patient, since):
        yield here(note.at).date(), Mark("notes", "", note)
