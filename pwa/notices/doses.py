"""What one patient was given and took at home, and the days on which a check falls due after it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TypeVar

from sqlalchemy import ColumnElement, Select, select

from pwa.domain.checks import falls_due, is_due_after
from pwa.domain.days import at_wall
from pwa.domain.reminders import CHECKS as MORNING
from pwa.domain.treatment import in_mg
from pwa.records import Course, EffectsReport, HomeDose, Treatment, db
from pwa.records.asking import checks_of
from pwa.records.entries import Head
from pwa.records.responding import house_of

Whose = tuple[str, str]
H = TypeVar("H", bound=Head)


@dataclass(frozen=True)
class Dose:
    """A treatment, or what was taken at home."""

    at: datetime
    mg: float | None
    #: planned, given or cancelled
    status: str
    place: str
    #: when the clinic is told that no "I am OK" came after it; None: it came, or nobody is told
    ok_by: datetime | None = None


def doses(whose: Whose, until: datetime) -> list[Dose]:
    """As far as they lie before. A dose at home takes the place of the plan that it is; of two heads of a record the
    later written stands."""
    planned = {one.record: one for one in db.session.scalars(_in_order(Treatment, whose))}
    taken = {one.record: one for one in db.session.scalars(_in_order(HomeDose, whose))}
    known = {
        record: Dose(one.at, in_mg(one.dose, one.unit, one.weight), one.status, one.place)
        for record, one in planned.items()
    }
    wait = _wait_for_ok(whose[0]) if any(one.ok_at is None for one in taken.values()) else None
    for own, dose in taken.items():
        plan, by = known.get(dose.treatment or ""), dose.at + wait if wait and dose.ok_at is None else None
        given = Dose(dose.at, dose.mg, "given", "home") if plan is None or plan.status != "given" else plan
        known[dose.treatment if plan and dose.treatment else own] = replace(given, ok_by=given.ok_by or by)
    return [one for one in known.values() if one.at <= until]


def days_of_checks(whose: Whose, known: list[Dose], zone: str, first: date, until: datetime) -> list[date]:
    """On which one falls due that nobody has answered yet, from the first day until this moment."""
    given, answers = [one for one in known if one.status == "given"], _answers(whose)
    newest = select(Course.phase).where(*of(Course, whose)).order_by(Course.written_at.desc()).limit(1)
    phase = db.session.scalar(newest) or ""
    found = []
    for check in checks_of(whose[0]):
        said = answers.get(check.id, [])
        if not check.reminds or not is_due_after(check, given, said, phase, until):
            continue
        day = first
        while (morning := at_wall(day, MORNING, zone)) <= until:
            if falls_due(check, given, said, phase, at_wall(day - timedelta(days=1), MORNING, zone), morning):
                found.append(day)
            day += timedelta(days=1)
    return found


def of(table: type[Head], whose: Whose) -> tuple[ColumnElement[bool], ...]:
    return table.clinic_id == whose[0], table.patient_id == whose[1]


def _wait_for_ok(clinic_id: str) -> timedelta | None:
    """Until the clinic is told that none came; None: it has switched that rule off."""
    house = house_of(clinic_id)
    return None if "no-ok" in house.off else timedelta(hours=house.levels["ok-hours"])


def _in_order(table: type[H], whose: Whose) -> Select[H]:
    return select(table).where(*of(table, whose)).order_by(table.written_at, table.version_id)


def _answers(whose: Whose) -> dict[str, list[datetime]]:
    """By check."""
    asked = select(EffectsReport.felt_at, EffectsReport.checks)
    found: dict[str, list[datetime]] = {}
    for felt_at, checks in db.session.execute(
        asked.where(*of(EffectsReport, whose), EffectsReport.checks.is_not(None))
    ):
        for check in checks or ():
            found.setdefault(check, []).append(felt_at)
    return found
