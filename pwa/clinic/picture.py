"""One patient over a stretch of days: what was said, what was given, and what was felt after it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from flask_login import current_user

from pwa.accounts import hidden_from
from pwa.clinic.cycles import Cycles, cycles
from pwa.clinic.desk import today
from pwa.clinic.due import checks
from pwa.clinic.home import Doses, given, taken
from pwa.clinic.marks import Marks, alerts_and_words, by_day, felt_after, felt_between, pressure
from pwa.clinic.matrix import Matrix, matrix
from pwa.clinic.queries import AnyRow
from pwa.clinic.queries import patient as ask
from pwa.clinic.standing import Standing
from pwa.clinic.timeline import Line, lines
from pwa.records import CheckIn, Course, EffectsReport, ReportedEffect, Treatment

#: how far ahead a planned treatment still stands in the chart
AHEAD = timedelta(days=3)


@dataclass(frozen=True)
class Picture:
    patient: AnyRow
    first: date
    course: Course | None
    #: the newest first
    entries: Sequence[Standing[CheckIn]]
    #: all of them with the doses that no treatment stands for, the latest first
    treatments: Sequence[Standing[Treatment]]
    doses: Doses
    #: those of these days that were not called off, the oldest first
    shown: Sequence[Treatment]
    reports: Sequence[Standing[EffectsReport]]
    #: by the version that says them
    effects: Mapping[str, Sequence[ReportedEffect]]
    matrix: Matrix
    #: parts of `domain.rights` that the patient hides from the reader
    closed: Collection[str]

    @property
    def until(self) -> date:
        return max([today(), *(one.day for one in self.shown)])

    @property
    def edge(self) -> date:
        """Of the chart: what lies ahead keeps its distance from it."""
        return self.until + timedelta(days=self.until > today())

    @property
    def given(self) -> list[Treatment]:
        return [column.treatment for column in self.matrix.columns]

    @property
    def between(self) -> list[Standing[EffectsReport]]:
        after = {report.head.version_id for column in self.matrix.columns for report in column.reports}
        return [one for one in self.reports if one.head.version_id not in after]


def picture_of(patient: AnyRow, first: date) -> Picture:
    treatments, doses = taken(current_user, patient)
    heads = [one.head for one in reversed(treatments)]
    shown = [one for one in heads if first <= one.day <= today() + AHEAD and one.status != "cancelled"]
    reports, effects = ask.effects_reports(current_user, patient, first), ask.effects_said(current_user, patient, first)
    felt = matrix([one for one in shown if one.status == "given" or one.record in doses], reports, effects)
    course, entries = ask.course(current_user, patient), ask.check_ins(current_user, patient, first)
    closed = hidden_from(current_user, [patient.id]).get(patient.id, set())
    return Picture(patient, first, course, entries, treatments, doses, shown, reports, effects, felt, closed)


def by_date(seen: Picture) -> list[Line]:
    """The timeline, with all that happened on each day."""
    marks = by_day(
        felt_after(seen.matrix),
        felt_between(seen.between, seen.effects),
        pressure(seen.given, seen.reports),
        checks_in(seen),
        alerts_and_words(seen.patient, seen.first),
    )
    return lines(seen.entries, seen.shown, seen.first, today(), marks)


def checks_in(seen: Picture) -> Marks:
    """None where the reader does not see the answers: each would stand there as not answered."""
    if "effects" not in seen.closed:
        yield from checks(seen.patient, seen.course, given(seen.treatments, seen.doses), seen.first)


def by_cycle(seen: Picture, level: str) -> Cycles:
    return cycles(seen.entries, seen.given, level)
