"""Which of the effects that a patient reported are judged by now, and which are not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pwa.clinic.matrix import Matrix
from pwa.clinic.standing import Standing
from pwa.records import AdverseEvent, EffectsReport, ReportedEffect, Treatment

#: record of the treatment or the report, and effect → how it is judged
Grades = dict[tuple[str, str], AdverseEvent]


@dataclass(frozen=True)
class Ungraded:
    """As strong as it was reported."""

    effect: ReportedEffect
    about: str
    day: date
    treatment: Treatment | None = None

    @property
    def of(self) -> str:
        return f"{self.about}:{self.effect.effect}"


def grades(events: Iterable[AdverseEvent], matrix: Matrix) -> Grades:
    """Of what was reported in the app; what the clinic heard another way stands by itself. What was judged of a report
    before its treatment was entered is judged of that."""
    reported = (one for one in events if one.told == "app")
    reports = ((one.head, column.treatment) for column in matrix.columns for one in column.reports)
    entered = {report.record: treatment.record for report, treatment in reports if not report.treatment}
    return {(entered.get(one.about, one.about), one.effect): one for one in reported if one.about and one.effect}


def ungraded(
    matrix: Matrix,
    between: Iterable[Standing[EffectsReport]],
    effects: Mapping[str, Sequence[ReportedEffect]],
    known: Grades,
) -> list[Ungraded]:
    """The strongest first, then the newest."""
    found: dict[tuple[str, str], Ungraded] = {}
    for one in (*_after(matrix, effects), *_between(between, effects)):
        key = one.about, one.effect.effect
        if key not in known and (key not in found or found[key].effect.severity < one.effect.severity):
            found[key] = one
    return sorted(found.values(), key=lambda one: (-one.effect.severity, -one.day.toordinal()))


def _after(matrix: Matrix, effects: Mapping[str, Sequence[ReportedEffect]]) -> Iterator[Ungraded]:
    for column in matrix.columns:
        given = column.treatment
        for report in column.reports:
            for effect in effects.get(report.head.version_id, ()):
                if effect.severity:
                    yield Ungraded(effect, given.record, given.day, given)


def _between(
    between: Iterable[Standing[EffectsReport]], effects: Mapping[str, Sequence[ReportedEffect]]
) -> Iterator[Ungraded]:
    for report in between:
        for effect in effects.get(report.head.version_id, ()):
            if effect.severity:
                yield Ungraded(effect, report.head.record, report.head.day)
