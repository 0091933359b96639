"""How often effects follow treatments, over the whole clinic, from the summaries; and whose they are, of one's own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, func, select

from pwa.accounts import is_open
from pwa.clinic.queries import AS_PERSON, IDENTITY, AnyRow
from pwa.domain.effects import counted_after
from pwa.records import AfterTreatment, ClinicItem, FeltAfter, Patient, Person, db
from pwa.records.summaries import GIVEN

Filters = Mapping[str, str]
Counts = dict[tuple[Any, ...], int]


def reports(user: Person, window: str, since: int, by: str, filters: Filters, weekly: bool = False) -> Counts:
    """By window (`given` for all treatments), route and group, and week if asked: how many."""
    which = AfterTreatment.window, AfterTreatment.route, getattr(AfterTreatment, by)
    columns = [*which, *([AfterTreatment.week] if weekly else [])]
    counted = select(*columns, func.count()).where(AfterTreatment.window.in_((GIVEN, window)))
    return _counts(counted.where(*_those(AfterTreatment, user, since, filters)).group_by(*columns))


def felt(user: Person, window: str, since: int, by: str, filters: Filters, level: int) -> Counts:
    """By effect, route and group: after how many treatments it was felt at this level or above."""
    columns = FeltAfter.effect, FeltAfter.route, getattr(FeltAfter, by)
    counted = select(*columns, func.count()).where(FeltAfter.window == window, FeltAfter.severity >= level)
    return _counts(counted.where(*_those(FeltAfter, user, since, filters)).group_by(*columns))


def felt_weekly(user: Person, window: str, since: int, by: str, filters: Filters, level: int, effect: str) -> Counts:
    """Of one effect, by group and week, after the routes where it counts."""
    columns = getattr(FeltAfter, by), FeltAfter.week
    counted = select(*columns, func.count()).where(FeltAfter.window == window, FeltAfter.severity >= level)
    counted = counted.where(FeltAfter.effect == effect, FeltAfter.route.in_(counted_after(effect)))
    return _counts(counted.where(*_those(FeltAfter, user, since, filters)).group_by(*columns))


def behind(
    user: Person, window: str, since: int, filters: Filters, routes: Sequence[str], level: int, effect: str
) -> tuple[Sequence[AnyRow], int]:
    """One's own patients with the effect: who, with it, reported, worst; most often first. And how many of them
    there are in all, colleagues' among them."""
    with_it = (
        select(FeltAfter.patient_id, func.count().label("events"), func.max(FeltAfter.severity).label("worst"))
        .where(FeltAfter.window == window, FeltAfter.severity >= level, FeltAfter.effect == effect)
        .where(FeltAfter.route.in_(routes), *_those(FeltAfter, user, since, filters))
        .group_by(FeltAfter.patient_id)
    )
    told = (
        select(AfterTreatment.patient_id, func.count().label("reports"))
        .where(AfterTreatment.window == window, AfterTreatment.route.in_(routes))
        .where(*_those(AfterTreatment, user, since, filters))
        .group_by(AfterTreatment.patient_id)
        .subquery()
    )
    felt_by, everyone = with_it.subquery(), func.count()
    mine = (
        select(Patient)
        .where(is_open("effects", Patient, user))
        .join(Person, AS_PERSON)
        .join(felt_by, felt_by.c.patient_id == Patient.id)
        .join(told, told.c.patient_id == Patient.id)
        .with_only_columns(*IDENTITY, felt_by.c.events, felt_by.c.worst, told.c.reports)
        .order_by(felt_by.c.events.desc(), Patient.code)
    )
    return db.session.execute(mine).all(), db.session.scalar(select(everyone).select_from(felt_by)) or 0


def own_words(user: Person, language: str) -> dict[str, str]:
    """Of the effects that the clinic added."""
    found = select(ClinicItem.id, ClinicItem.en, ClinicItem.fr)
    rows = db.session.execute(found.where(ClinicItem.clinic_id == user.clinic_id, ClinicItem.what == "own"))
    return {row.id: getattr(row, language) or row.en or row.id for row in rows}


def _those(table: Any, user: Person, since: int, filters: Filters) -> list[ColumnElement[bool]]:
    narrowed = [getattr(table, name) == value for name, value in filters.items()]
    return [table.clinic_id == user.clinic_id, table.week >= since, *narrowed]


def _counts(statement: Any) -> Counts:
    return {tuple(row[:-1]): row[-1] for row in db.session.execute(statement)}
