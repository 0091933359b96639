"""Checks on the timeline: answered, still due, and not answered in time; by what the clinic asks now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from flask_login import current_user

from pwa.accounts import open_checks
from pwa.clinic.desk import clinic, today
from pwa.clinic.marks import Mark, Marks
from pwa.clinic.queries import AnyRow
from pwa.clinic.queries import marks as ask
from pwa.domain.days import at_wall
from pwa.domain.due import A_DAY, unanswered
from pwa.domain.treatment import in_mg
from pwa.records import Course, Treatment
from pwa.records.asking import checks_of


@dataclass(frozen=True)
class Dose:
    at: datetime
    mg: float | None


def checks(patient: AnyRow, course: Course | None, given: Sequence[Treatment], first: date) -> Marks:
    """`given`: all of them, also before the first day."""

    def phase(day: date) -> str:
        return course.phase if course and day >= course.started else "induction"

    def end_of(day: date) -> datetime:
        return at_wall(day + A_DAY, time(0), zone)

    zone, said = clinic().zone, ask.checks_answered(current_user, patient)
    for row in said:
        shown = open_checks(current_user, row.checks or ())
        if shown and row.day >= first:
            yield row.day, Mark("checks", "answered", shown)
    taken = [Dose(one.at, in_mg(one.dose, one.unit, one.weight)) for one in given]
    asked = [check for check in checks_of(patient.clinic_id) if check.reminds]
    for check in asked:
        if open_checks(current_user, [check.id]):
            answers = [row.felt_at for row in said if check.id in (row.checks or ())]
            for due in unanswered(check, taken, answers, phase, (first, today()), end_of):
                yield max(due.day, first), Mark("checks", "missed" if due.is_missed else "due", due)
